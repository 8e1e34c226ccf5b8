package dev.lazymm.design;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The inspection of one method's code, line by line. */
final class MethodInspection {
  private static final Set<String> TOO_MUCH =
      Set.of("java/lang/Throwable", "java/lang/Exception", "java/lang/RuntimeException");

  private final MethodModel method;
  private final List<CodeElement> code;
  private final Vocabulary vocabulary;
  private final Inspection to;
  private final Map<Label, Integer> at = new HashMap<>();
  private int line;

  MethodInspection(MethodModel method, CodeModel code, Vocabulary vocabulary, Inspection to) {
    this.method = method;
    this.code = new ArrayList<>(code.elementList());
    this.vocabulary = vocabulary;
    this.to = to;
    for (int i = 0; i < this.code.size(); i++) {
      if (this.code.get(i) instanceof LabelTarget target) {
        at.put(target.label(), i);
      }
    }
  }

  void inspect() {
    for (CodeElement element : code) {
      switch (element) {
        case LineNumber number -> line = number.line();
        case FieldInstruction field -> field(field);
        case InvokeInstruction call ->
            use(call.owner().asInternalName(), call.name().stringValue());
        case InvokeDynamicInstruction lambda -> lambda(lambda);
        case MonitorInstruction _ ->
            to.problem(line, "synchronized orders threads, not CPUs", "cpu.lock and cpu.unlock");
        case ExceptionCatch handler -> handler(handler);
        default -> {}
      }
    }
  }

  private void field(FieldInstruction field) {
    String owner = field.owner().asInternalName();
    if (field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC) {
      to.write(owner.replace('/', '.') + "." + field.name().stringValue(), line);
    } else if (field.opcode() == Opcode.GETSTATIC) {
      use(owner, field.name().stringValue());
    }
  }

  private void use(String called, String member) {
    String owner = member.equals("<init>") ? called : to.declaring(called, member);
    boolean superCall = member.equals("<init>") && method.methodName().equalsString("<init>");
    if (superCall && Vocabulary.mayBeExtended(owner)) {
      return;
    }
    String why = vocabulary.refuses(owner, member);
    if (why != null) {
      String name = owner.replace('/', '.').replace('$', '.');
      String what = member.equals("<init>") ? "new " + name : name + "." + member;
      to.problem(
          line, what + " " + why, "kernel, machine, and what is fixed in java.lang, java.util");
    }
  }

  /** A lambda that outlives this call, and with it the variables that it captures. */
  private void lambda(InvokeDynamicInstruction lambda) {
    for (ConstantDesc argument : lambda.bootstrapArgs()) {
      if (argument instanceof DirectMethodHandleDesc handle) {
        String owner = handle.owner().descriptorString();
        use(owner.substring(1, owner.length() - 1), handle.methodName());
      }
    }
    if (!lambda.bootstrapMethod().owner().displayName().equals("LambdaMetafactory")) {
      return; // of records, switches and strings
    }
    String made = lambda.typeSymbol().returnType().descriptorString();
    boolean stays =
        !made.startsWith("Ljava/")
            || method.methodName().equalsString("<init>")
            || lambda.bootstrapMethod().methodName().equals("altMetafactory"); // a cast finds more
    if (!stays) { // no field may hold it
      return;
    }
    for (ClassDesc captured : lambda.typeSymbol().parameterList()) {
      String why = to.changes(captured);
      if (why != null) {
        to.problem(
            line,
            "this lambda holds a variable that is " + why + ": state that no machine sees",
            "lambdas that hold what fields may hold");
      }
    }
  }

  private void handler(ExceptionCatch handler) {
    String caught = handler.catchType().map(c -> c.asInternalName()).orElse("");
    if ((caught.isEmpty() || isTooMuch(caught)) && !isOfPattern(handler)) {
      int where = lineAt(handler.handler());
      boolean isFinally = caught.isEmpty();
      if (isFinally && isMonitor()) {
        return; // told of already
      }
      to.problem(
          where,
          isFinally
              ? "finally also runs when the machine stops the script here, to run it again"
              : "this also catches what the machine stops the script with",
          "no catch of %s, and no finally: kernel code has no exceptions"
              .formatted(isFinally ? "all" : caught.substring(1 + caught.lastIndexOf('/'))));
    }
  }

  /**
   * Errors are the JVM's: that a class fails to initialize is told once, so it is state as well.
   */
  private static boolean isTooMuch(String caught) {
    return TOO_MUCH.contains(caught)
        || caught.startsWith("dev/lazymm/")
        || (caught.startsWith("java/") && caught.endsWith("Error"));
  }

  private boolean isMonitor() {
    return code.stream().anyMatch(MonitorInstruction.class::isInstance);
  }

  /** What javac adds around the accessors of a record pattern, which throws anyway. */
  private boolean isOfPattern(ExceptionCatch handler) {
    int start = at.getOrDefault(handler.handler(), 0);
    return code.subList(start, Math.min(code.size(), start + 8)).stream()
        .anyMatch(e ->
            e instanceof NewObjectInstruction made
                && made.className().asInternalName().equals("java/lang/MatchException"));
  }

  private int lineAt(Label label) {
    int found = line;
    int start = at.getOrDefault(label, 0);
    for (int i = 0; i < code.size(); i++) {
      if (code.get(i) instanceof LineNumber number) {
        found = number.line();
      } else if (i >= start && code.get(i) instanceof Instruction) {
        return found;
      }
    }
    return found;
  }
}
