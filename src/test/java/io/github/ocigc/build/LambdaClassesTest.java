package io.github.ocigc.build;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build's step that gives lambdas classes does not change what they do. */
class LambdaClassesTest {
  private static final String SHAPES =
      """
      import java.util.*;
      import java.util.function.*;
      import java.util.stream.*;

      public class Shapes {
        private final String own;
        private static final List<String> DONE = new ArrayList<>();

        private Shapes(String own) { this.own = own; }

        private String joined(String more) { return own + more; }
        private static long twice(int number) { return 2L * number; }

        interface Named {
          String name();
          private String loud() { return name().toUpperCase(); }
          default Supplier<String> louder() { return () -> loud() + "!"; }
        }

        interface Wide { double of(long a, int b, double c); }
        interface Chars { int of(Object any); }

        class Inner {
          Supplier<String> reach() { return () -> own + joined("+"); }
        }

        static class Base { protected String greet() { return "base"; } }
        static class Derived extends Base {
          @Override protected String greet() { return "derived"; }
          Supplier<String> above() { return super::greet; }
          Supplier<String> here() { return this::greet; }
        }

        @SafeVarargs static <T> int count(T... all) { return all.length; }

        public static List<String> run() {
          List<Supplier<Object>> all = new ArrayList<>();
          long big = 1L << 40;
          double half = 0.5;
          byte small = 7;
          boolean yes = true;
          char letter = 'x';
          Shapes shapes = new Shapes("own");
          all.add(() -> "nothing captured");
          all.add(() -> big + half + small + (yes ? letter : 'y') + shapes.own);
          Function<String, Shapes> making = Shapes::new;
          all.add(() -> making.apply("made").joined("?"));
          Function<String, String> bound = shapes::joined;
          all.add(() -> bound.apply("!"));
          BiFunction<Shapes, String, String> unbound = Shapes::joined;
          all.add(() -> unbound.apply(shapes, "#"));
          Function<Integer, Long> boxing = Shapes::twice;
          all.add(() -> boxing.apply(21));
          ToLongFunction<Integer> unboxing = Shapes::twice;
          all.add(() -> unboxing.applyAsLong(4));
          IntToDoubleFunction widening = Shapes::twice;
          all.add(() -> widening.applyAsDouble(3));
          ToIntFunction<Character> fromLetter = c -> c;
          all.add(() -> fromLetter.applyAsInt('a'));
          Function<Character, Integer> letterWidened = Math::negateExact;
          all.add(() -> letterWidened.apply('a'));
          ToDoubleFunction<Integer> unboxedAndWidened = Math::sqrt;
          all.add(() -> unboxedAndWidened.applyAsDouble(16));
          Function<Byte, Integer> byteWidened = Math::negateExact;
          all.add(() -> byteWidened.apply(small));
          BooleanSupplier unboxedAnswer = Boolean.TRUE::booleanValue;
          Predicate<Boolean> truth = Boolean::booleanValue;
          all.add(() -> unboxedAnswer.getAsBoolean() & truth.test(true));
          Supplier<Integer> boxedAnswer = "four"::length;
          Supplier<Long> boxedOf = Long.valueOf(7)::longValue;
          all.add(() -> boxedAnswer.get() + boxedOf.get());
          LongSupplier widenedAnswer = "four"::length;
          all.add(() -> widenedAnswer.getAsLong());
          IntUnaryOperator negated = Math::negateExact;
          all.add(() -> negated.applyAsInt(5));
          Wide wide = (a, b, c) -> a + b + c + half;
          all.add(() -> wide.of(1L, 2, 3));
          Predicate<String> empty = String::isEmpty;
          all.add(() -> empty.negate().test("") + " " + empty.or(t -> t.length() > 2).test("abc"));
          Map<String, Integer> numbers = new TreeMap<>(Map.of("one", 1, "two", 2));
          ToIntFunction<String> looking = numbers::get;
          all.add(() -> looking.applyAsInt("two"));
          Consumer<String> dropsAnAnswer = DONE::add;
          Consumer<Integer> dropsALong = Shapes::twice;
          all.add(() -> { dropsAnAnswer.accept("done"); dropsALong.accept(1); return DONE; });
          IntFunction<String[]> array = String[]::new;
          all.add(() -> array.apply(3).length);
          Supplier<List<String>> list = ArrayList::new;
          all.add(() -> list.get());
          Named named = () -> "named";
          all.add(() -> named.louder().get());
          all.add(() -> shapes.new Inner().reach().get());
          all.add(() -> new Derived().above().get() + new Derived().here().get());
          all.add(() -> Stream.of("b", "a", "c").sorted(Comparator.reverseOrder()).toList());
          all.add(() -> Stream.of(1, 2, 3).collect(Collectors.groupingBy(n -> n % 2 == 0)));
          all.add(() -> IntStream.range(0, 4).mapToObj(n -> (Supplier<Integer>) () -> n * n)
              .map(Supplier::get).toList());
          Function<Object[], Integer> many = Shapes::count;
          all.add(() -> many.apply(new Object[] {1, 2}));
          Runnable failing = () -> { throw new IllegalStateException("as it is"); };
          all.add(() -> {
            try { failing.run(); return "no"; } catch (IllegalStateException e) { return e.getMessage(); }
          });
          Comparator<String> serializable = (Comparator<String> & java.io.Serializable) String::compareTo;
          all.add(() -> serializable.compare("a", "b"));
          return all.stream().map(each -> String.valueOf(each.get())).toList();
        }

        public static boolean isOfAClass() {
          Runnable lambda = () -> {};
          return !lambda.getClass().isHidden();
        }
      }
      """;

  @TempDir Path folder;
  private Path classes;

  @BeforeEach
  void compile() throws IOException {
    classes = Files.createDirectory(folder.resolve("classes"));
    compile(Files.writeString(folder.resolve("Shapes.java"), SHAPES), classes);
  }

  private static void compile(Path source, Path to) {
    List<String> arguments =
        List.of("--release", "17", "-proc:none", "-nowarn", "-d", to.toString(), source.toString());
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(failed).isZero();
  }

  private void replaceLambdas() throws Exception {
    Path tool = folder.resolve("tool");
    if (!Files.exists(tool)) {
      Files.createDirectory(tool);
      compile(Path.of("src/build/java/LambdaClasses.java"), tool);
    }
    try (URLClassLoader loader = loader(tool)) {
      loader
          .loadClass("LambdaClasses")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {classes.toString()});
    }
  }

  private static URLClassLoader loader(Path of) throws IOException {
    return new URLClassLoader(
        new URL[] {of.toUri().toURL()}, LambdaClassesTest.class.getClassLoader());
  }

  private Object answer(String method) throws Exception {
    try (URLClassLoader loader = loader(classes)) {
      return requireNonNull(loader.loadClass("Shapes").getMethod(method).invoke(null));
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(classes)) {
      return files.map(file -> file.getFileName() + " " + content(file)).sorted().toList();
    }
  }

  private static String content(Path file) {
    try {
      return Arrays.hashCode(Files.readAllBytes(file)) + "";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void lambdasOfAllShapesDoWhatTheyDid() throws Exception {
    Object before = answer("run");
    assertThat(answer("isOfAClass")).isEqualTo(false);

    replaceLambdas();

    assertThat(answer("run")).isEqualTo(before);
    assertThat(answer("isOfAClass")).isEqualTo(true);
  }

  @Test
  void aSecondRunChangesNothing() throws Exception {
    replaceLambdas();
    List<String> once = names();

    replaceLambdas();

    assertThat(names()).isEqualTo(once).hasSizeGreaterThan(20);
  }

  @Test
  void whatALambdaThatIsGoneLeftIsRemoved() throws Exception {
    replaceLambdas();
    List<String> before = new ArrayList<>(names());

    compile(
        Files.writeString(
            folder.resolve("Shapes.java"), "public class Shapes { Runnable one = () -> {}; }"),
        classes);
    replaceLambdas();

    assertThat(names())
        .filteredOn(name -> name.startsWith("Shapes$$L"))
        .hasSize(1)
        .allMatch(name -> name.startsWith("Shapes$$L0.class"));
    assertThat(before).hasSizeGreaterThan(20);
  }
}
