/** The least that a Java process can do: what {@code src/bench/whole} compares our start with. */
final class Hello {
  private Hello() {}

  public static void main(String[] words) {
    System.out.println("Hello");
  }
}
