import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * A step of the build: gives each lambda and method reference of the compiled classes a class of
 * its own, as an anonymous class has one. To link a lambda, a JVM that has just started runs code
 * of its own for a third of a millisecond, an archived lambda too; to load a class from the
 * class-data archive takes it a tenth of that. A delete meets 150 lambdas, a tenth of its time.
 *
 * <p>The classes are members of the same nest, so they may call what is private, and have no state
 * but what a lambda captures. A call site of another kind than javac's usual one is left as it is.
 * What this was run on already has no such sites left: a second run changes nothing.
 *
 * <p>Usage: {@code LambdaClasses FOLDER}, of class files.
 */
public final class LambdaClasses {
  private static final int API = Opcodes.ASM9;
  private static final String SUFFIX = ".class";

  /** Between the name of the class that has a lambda and the lambda's number in it. */
  private static final String MARK = "$$L";

  private static final Method CONSTRUCTOR = Method.getMethod("void <init> ()");
  private static final Type OBJECT = Type.getType(Object.class);
  private static final Type CHARACTER = Type.getType(Character.class);

  private final Path folder;

  /** The new members of nests, by the nests' hosts. */
  private final Map<String, Set<String>> members = new TreeMap<>();

  private LambdaClasses(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException {
    LambdaClasses classes = new LambdaClasses(Path.of(args[0]));
    for (Path file : classes.files()) {
      classes.replaceLambdas(file);
    }
    for (Map.Entry<String, Set<String>> nest : classes.members.entrySet()) {
      classes.addMembers(nest.getKey(), nest.getValue());
    }
    classes.removeOutdated();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  private void replaceLambdas(Path file) throws IOException {
    ClassReader compiled = new ClassReader(Files.readAllBytes(file));
    ClassWriter changed = new ClassWriter(0); // the stack is as it was, and no frame moves
    Replacing replacing = new Replacing(changed);
    compiled.accept(replacing, 0);
    if (replacing.lambdas > 0) {
      Files.write(file, changed.toByteArray());
    }
  }

  private void addMembers(String host, Set<String> added) throws IOException {
    ClassReader before = new ClassReader(Files.readAllBytes(file(host)));
    ClassWriter after = new ClassWriter(before, 0);
    before.accept(
        new ClassVisitor(API, after) {
          @Override
          public void visitEnd() {
            added.forEach(this::visitNestMember);
            super.visitEnd();
          }
        },
        0);
    Files.write(file(host), after.toByteArray());
  }

  /** Classes of lambdas that are no longer there, after sources changed. */
  private void removeOutdated() throws IOException {
    Set<String> current = new TreeSet<>();
    for (Path file : files()) {
      new ClassReader(Files.readAllBytes(file))
          .accept(
              new ClassVisitor(API) {
                @Override
                public void visitNestMember(String member) {
                  current.add(member);
                }
              },
              ClassReader.SKIP_CODE);
    }
    for (Path file : files()) {
      String path = folder.relativize(file).toString();
      String name = path.substring(0, path.length() - SUFFIX.length());
      if (name.contains(MARK) && !current.contains(name)) {
        Files.delete(file);
      }
    }
  }

  /** Puts calls of a new class's {@code of} in the place of a class's lambdas. */
  private final class Replacing extends ClassVisitor {
    private String name = "";
    private String host = "";
    private int version;
    private int lambdas;

    Replacing(ClassVisitor next) {
      super(API, next);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String superName,
        String[] interfaces) {
      this.version = version;
      this.name = name;
      host = name;
      super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public void visitNestHost(String nestHost) {
      host = nestHost;
      super.visitNestHost(nestHost);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(
          API, super.visitMethod(access, method, descriptor, signature, exceptions)) {
        @Override
        public void visitInvokeDynamicInsn(
            String function, String site, Handle bootstrap, Object... arguments) {
          if (isLambda(bootstrap)) {
            String made = name + MARK + lambdas++;
            members.computeIfAbsent(host, nest -> new TreeSet<>()).add(made);
            write(made, new LambdaClass(made, function, site, arguments).of(version, host));
            visitMethodInsn(Opcodes.INVOKESTATIC, made, "of", site, false);
          } else {
            super.visitInvokeDynamicInsn(function, site, bootstrap, arguments);
          }
        }
      };
    }
  }

  private static boolean isLambda(Handle bootstrap) {
    return bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")
        && bootstrap.getName().equals("metafactory");
  }

  private void write(String name, byte[] content) {
    try {
      Files.write(file(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class of one lambda: what it captures, and the function that calls what javac made. */
  private static final class LambdaClass {
    private final Type self;
    private final Type site;
    private final Method function;

    /** What the function's parameters are where it is called, if they are less general there. */
    private final Type[] parameters;

    private final Handle body;

    /** {@code arguments} are those of {@link java.lang.invoke.LambdaMetafactory#metafactory}. */
    LambdaClass(String name, String function, String site, Object[] arguments) {
      this.self = Type.getObjectType(name);
      this.site = Type.getMethodType(site);
      this.function = new Method(function, ((Type) arguments[0]).getDescriptor());
      this.body = (Handle) arguments[1];
      this.parameters = ((Type) arguments[2]).getArgumentTypes();
    }

    byte[] of(int version, String host) {
      ClassWriter made = new ClassWriter(ClassWriter.COMPUTE_MAXS);
      made.visit(
          version,
          Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
          self.getInternalName(),
          null,
          OBJECT.getInternalName(),
          new String[] {site.getReturnType().getInternalName()});
      made.visitNestHost(host);
      Type[] captured = site.getArgumentTypes();
      for (int i = 0; i < captured.length; i++) {
        int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
        made.visitField(access, field(i), captured[i].getDescriptor(), null, null).visitEnd();
      }
      addConstructor(made, captured);
      addFactory(made, captured);
      addFunction(made, captured);
      made.visitEnd();
      return made.toByteArray();
    }

    private static String field(int number) {
      return "captured" + number;
    }

    private static Method constructor(Type[] captured) {
      return new Method("<init>", Type.VOID_TYPE, captured);
    }

    private static GeneratorAdapter code(ClassVisitor made, int access, Method method) {
      GeneratorAdapter code =
          new GeneratorAdapter(
              made.visitMethod(access, method.getName(), method.getDescriptor(), null, null),
              access,
              method.getName(),
              method.getDescriptor());
      code.visitCode();
      return code;
    }

    private void addConstructor(ClassVisitor made, Type[] captured) {
      GeneratorAdapter code = code(made, Opcodes.ACC_PRIVATE, constructor(captured));
      code.loadThis();
      code.invokeConstructor(OBJECT, CONSTRUCTOR);
      for (int i = 0; i < captured.length; i++) {
        code.loadThis();
        code.loadArg(i);
        code.putField(self, field(i), captured[i]);
      }
      code.returnValue();
      code.endMethod();
    }

    private void addFactory(ClassVisitor made, Type[] captured) {
      Method of = new Method("of", site.getDescriptor());
      GeneratorAdapter code = code(made, Opcodes.ACC_STATIC, of);
      code.newInstance(self);
      code.dup();
      code.loadArgs();
      code.invokeConstructor(self, constructor(captured));
      code.returnValue();
      code.endMethod();
    }

    private void addFunction(ClassVisitor made, Type[] captured) {
      GeneratorAdapter code = code(made, Opcodes.ACC_PUBLIC, function);
      boolean creates = body.getTag() == Opcodes.H_NEWINVOKESPECIAL;
      Type owner = Type.getObjectType(body.getOwner());
      Method called = new Method(body.getName(), body.getDesc());
      List<Type> wanted = new ArrayList<>();
      if (creates) {
        code.newInstance(owner);
        code.dup();
      } else if (body.getTag() != Opcodes.H_INVOKESTATIC) {
        wanted.add(owner);
      }
      wanted.addAll(List.of(called.getArgumentTypes()));
      for (int i = 0; i < captured.length; i++) {
        code.loadThis();
        code.getField(self, field(i), captured[i]);
        convert(code, captured[i], wanted.get(i));
      }
      Type[] given = function.getArgumentTypes();
      for (int i = 0; i < given.length; i++) {
        code.loadArg(i);
        Type want = wanted.get(captured.length + i);
        if (isPrimitive(want) && parameters[i].equals(CHARACTER)) {
          code.unbox(Type.CHAR_TYPE); // alone of the wrappers of numbers it is no Number
          code.cast(Type.CHAR_TYPE, want);
        } else {
          convert(code, given[i], want);
        }
      }
      code.visitMethodInsn(
          operation(), body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
      giveBack(code, creates ? owner : called.getReturnType());
      code.endMethod();
    }

    /** What is private, too, is called as others of the nest call it. */
    private int operation() {
      return switch (body.getTag()) {
        case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
        case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
        default -> body.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
      };
    }

    private void giveBack(GeneratorAdapter code, Type answer) {
      if (function.getReturnType() != Type.VOID_TYPE) {
        convert(code, answer, function.getReturnType());
      } else if (answer.getSize() == 2) {
        code.pop2();
      } else if (answer.getSize() == 1) {
        code.pop();
      }
      code.returnValue();
    }

    /**
     * As the language converts when it calls; the compiler has seen to it that this can be done.
     */
    private static void convert(GeneratorAdapter code, Type from, Type to) {
      if (from.equals(to)) {
        return;
      }
      if (isPrimitive(from) && isPrimitive(to)) {
        code.cast(from, to);
      } else if (isPrimitive(from)) {
        code.valueOf(from);
      } else if (isPrimitive(to)) {
        code.unbox(to);
      } else {
        code.checkCast(to);
      }
    }

    private static boolean isPrimitive(Type type) {
      return type.getSort() < Type.ARRAY;
    }
  }
}
