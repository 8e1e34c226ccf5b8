package dev.lazymm.design;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.lazymm.kernel.LazyMm;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * What javac makes of a design, in memory.
 *
 * @param classes class files by binary name, in a fixed order
 * @param declared the line of each class by its binary name, of each field by {@code class.field}
 */
record Compilation(Map<String, byte[]> classes, Map<String, Integer> declared) {
  private static final int SHOWN = 10;

  /**
   * {@return the classes of a design}
   *
   * @throws DesignException with what the compiler says, at its lines and columns
   */
  static Compilation of(DesignSource source) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    if (javac == null) {
      throw source.error(
          "this Java has no compiler (module jdk.compiler)",
          "lazymm to run on a whole JDK 25, not on a run-time image");
    }
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    Output output = new Output(javac.getStandardFileManager(diagnostics, Locale.ENGLISH, null));
    JavacTask task =
        (JavacTask)
            javac.getTask(
                new StringWriter(),
                output,
                diagnostics,
                options(),
                null,
                List.of(new Input(source)));
    Map<String, Integer> declared = new TreeMap<>();
    try {
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      stopAtErrors(source, diagnostics);
      task.analyze();
      stopAtErrors(source, diagnostics);
      units.forEach(unit -> new Lines(task, unit, declared).scan(unit, null));
      task.generate();
      stopAtErrors(source, diagnostics);
    } catch (IllegalStateException | StackOverflowError e) { // its way to say that it crashed
      throw source.error(
          "the compiler fails on it: " + (e.getCause() == null ? e : e.getCause()),
          "a program of the usual size and depth");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e); // nothing is read or written here
    }
    return new Compilation(output.bytes(), declared);
  }

  private static List<String> options() {
    String path =
        Stream.of(LazyMm.class, NullMarked.class)
            .map(Compilation::home)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    return List.of("-g", "-proc:none", "-implicit:none", "-Xlint:none", "-classpath", path);
  }

  /** Where a class of ours was loaded from: the jar, or a folder of classes. */
  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void stopAtErrors(
      DesignSource source, DiagnosticCollector<JavaFileObject> diagnostics) {
    List<Diagnostic<? extends JavaFileObject>> errors =
        diagnostics.getDiagnostics().stream()
            .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
            .<Diagnostic<? extends JavaFileObject>>map(d -> d)
            .toList();
    if (errors.isEmpty()) {
      return;
    }
    String text =
        errors.stream().limit(SHOWN).map(d -> render(source, d)).collect(Collectors.joining("\n"));
    String more = errors.size() > SHOWN ? "\nand " + (errors.size() - SHOWN) + " more" : "";
    throw new DesignException(text + more);
  }

  private static String render(DesignSource source, Diagnostic<? extends JavaFileObject> d) {
    String what = d.getMessage(Locale.ENGLISH).replaceAll("\\R", "\n  ");
    if (d.getLineNumber() < 1) {
      return source.file() + ": " + what;
    }
    int at = (int) d.getPosition(); // the column of a diagnostic counts a tab as eight
    int start = source.text().lastIndexOf('\n', Math.max(0, at - 1)) + 1;
    String line = source.line((int) d.getLineNumber());
    String before = line.substring(0, Math.clamp(at - start, 0, line.length()));
    String caret = before.replaceAll("[^\t]", " ") + "^";
    return "%s:%d:%d: %s%n    %s%n    %s"
        .formatted(source.file(), d.getLineNumber(), before.length() + 1, what, line, caret);
  }

  /** Notes where classes and fields are declared: class files do not say. */
  private static final class Lines extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final JavacTask task;
    private final Trees trees;
    private final CompilationUnitTree unit;
    private final Map<String, Integer> declared;

    Lines(JavacTask task, CompilationUnitTree unit, Map<String, Integer> declared) {
      this.task = task;
      this.trees = Trees.instance(task);
      this.unit = unit;
      this.declared = declared;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      if (trees.getElement(getCurrentPath()) instanceof TypeElement type) {
        declared.put(binaryName(type), line(tree));
      }
      return super.visitClass(tree, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
      Element element = trees.getElement(getCurrentPath());
      if (element != null && element.getEnclosingElement() instanceof TypeElement type) {
        declared.put(binaryName(type) + "." + tree.getName(), line(tree));
      }
      return super.visitVariable(tree, null);
    }

    private String binaryName(TypeElement type) {
      return task.getElements().getBinaryName(type).toString();
    }

    /** The line of the name, so that annotations and modifiers above do not count. */
    private int line(com.sun.source.tree.Tree tree) {
      long start = trees.getSourcePositions().getStartPosition(unit, tree);
      if (tree instanceof VariableTree variable && variable.getType() != null) {
        start = trees.getSourcePositions().getStartPosition(unit, variable.getType());
      }
      return start < 0 ? 1 : (int) unit.getLineMap().getLineNumber(start);
    }
  }

  /** The design's text as javac wants it. */
  private static final class Input extends SimpleJavaFileObject {
    private final DesignSource source;

    Input(DesignSource source) {
      super(Path.of(source.file()).toUri(), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source.text();
    }
  }

  /** Keeps class files in memory. */
  private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> files = new TreeMap<>();

    Output(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location,
        String className,
        JavaFileObject.Kind kind,
        @Nullable FileObject sibling) {
      URI uri = URI.create("memory:///" + className.replace('.', '/').replace("$", "%24"));
      return new SimpleJavaFileObject(uri, kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          files.put(className, bytes);
          return bytes;
        }
      };
    }

    Map<String, byte[]> bytes() {
      Map<String, byte[]> all = new LinkedHashMap<>();
      files.forEach((name, bytes) -> all.put(name, bytes.toByteArray()));
      return all;
    }
  }
}
