package dev.lazymm.design;

import dev.lazymm.design.DesignSource.Problem;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads off the class files of a design what would make its verdicts a lie: state outside cells,
 * calls of what is not the same twice, handlers that hide what the machine throws. Every problem
 * has the line that is at fault; of a field both where it is declared and where it is written.
 */
final class Inspection {
  private static final String FIELDS =
      "final fields of cells, kernel objects, numbers, strings, Site, Hold, Ipi; PerCpu for one a"
          + " CPU";

  private final Map<String, Integer> declared;
  private final List<ClassModel> classes;
  private final Map<String, ClassModel> byName;
  private final Vocabulary vocabulary;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Set<Integer>> writes = new TreeMap<>();

  Inspection(Compilation compiled) {
    declared = compiled.declared();
    classes = compiled.classes().values().stream().map(ClassFile.of()::parse).toList();
    byName =
        classes.stream().collect(Collectors.toMap(c -> c.thisClass().asInternalName(), c -> c));
    vocabulary = new Vocabulary(byName.keySet());
  }

  /** {@return all that is wrong, by line} */
  List<Problem> problems() {
    for (ClassModel type : classes) {
      for (MethodModel method : type.methods()) {
        if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
          problem(
              line(type),
              "%s is synchronized".formatted(method.methodName().stringValue()),
              "cpu.lock and cpu.unlock");
        }
        method
            .code()
            .ifPresent(code -> new MethodInspection(method, code, vocabulary, this).inspect());
      }
    }
    for (ClassModel type : classes) {
      inspectClass(type);
      type.fields().forEach(field -> inspectField(type, field));
    }
    return problems.stream().distinct().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  void problem(int line, String what, String expected) {
    problems.add(new Problem(line, what, expected));
  }

  /**
   * {@return where a member comes from: a class of the design that declares it, or the first class
   * beyond them, which the design inherits it from}
   */
  String declaring(String owner, String member) {
    String at = owner;
    for (ClassModel type = byName.get(at); type != null; type = byName.get(at)) {
      if (type.methods().stream().anyMatch(m -> m.methodName().equalsString(member))
          || type.fields().stream().anyMatch(f -> f.fieldName().equalsString(member))) {
        return at;
      }
      at = type.superclass().map(s -> s.asInternalName()).orElse("java/lang/Object");
    }
    return at;
  }

  /** Notes where a field is written. */
  void write(String field, int line) {
    writes.computeIfAbsent(field, f -> new TreeSet<>()).add(line);
  }

  private void inspectClass(ClassModel type) {
    String name = type.thisClass().asInternalName();
    if (Vocabulary.packageOf(name).startsWith("dev/lazymm")) {
      problem(1, "the package of a design is not one of lazymm's", "no package, or another one");
    }
    type.superclass()
        .map(s -> s.asInternalName())
        .filter(s -> !vocabulary.isStateless(s) && !Vocabulary.mayBeExtended(s))
        .ifPresent(s ->
            problem(
                line(type),
                "%s extends %s, which keeps state outside cells"
                    .formatted(simple(name), s.replace('/', '.')),
                "a class of its own, or one of kernel or machine"));
  }

  private void inspectField(ClassModel type, FieldModel field) {
    String name = field.fieldName().stringValue();
    boolean isStatic = field.flags().has(AccessFlag.STATIC);
    if (isStatic && field.flags().has(AccessFlag.SYNTHETIC)) {
      return; // of enums, switches and assert
    }
    String key = type.thisClass().asInternalName().replace('/', '.') + "." + name;
    int line = declared.getOrDefault(key, line(type));
    String which = (isStatic ? "the static field " : "the field ") + name;
    if (!field.flags().has(AccessFlag.FINAL)) {
      Set<Integer> lines = writes.getOrDefault(key, Set.of());
      String written =
          lines.isEmpty()
              ? "; it is not final"
              : "; it is written at line "
                  + lines.stream().map(String::valueOf).collect(Collectors.joining(", "));
      problem(line, which + " is state that no machine sees" + written, FIELDS);
      return;
    }
    String why = changes(field.fieldTypeSymbol());
    if (why != null) {
      problem(line, which + " is " + why + ": state that no machine sees", FIELDS);
    }
  }

  /** {@return in which respect a value of this type may change; null if it cannot} */
  @Nullable String changes(ClassDesc type) {
    if (type.isPrimitive()) {
      return null;
    }
    if (type.isArray()) {
      return "an array";
    }
    String descriptor = type.descriptorString();
    String name = descriptor.substring(1, descriptor.length() - 1);
    return vocabulary.isStateless(name) ? null : "a " + simple(name) + ", which may change";
  }

  private int line(ClassModel type) {
    return declared.getOrDefault(type.thisClass().asInternalName().replace('/', '.'), 1);
  }

  private static String simple(String name) {
    return name.substring(1 + Math.max(name.lastIndexOf('/'), name.lastIndexOf('$')));
  }
}
