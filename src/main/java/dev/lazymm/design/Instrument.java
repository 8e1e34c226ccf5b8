package dev.lazymm.design;

import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes every loop and every call of a design countable: a call of {@link Watch#tick} where a
 * method begins and before each jump back. What makes a text of an object goes through {@link
 * Watch#text}.
 */
final class Instrument {
  private static final ClassDesc WATCH = ClassDesc.of(Watch.class.getName());
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

  private Instrument() {}

  /** {@return a class file of {@code classes} with ticks} */
  static byte[] instrument(byte[] bytes, Map<String, byte[]> classes) {
    ClassHierarchyResolver known =
        ClassHierarchyResolver.ofResourceParsing(desc -> {
          String name = desc.packageName().isEmpty() ? "" : desc.packageName() + ".";
          byte[] found = classes.get(name + desc.displayName());
          return found == null ? null : new ByteArrayInputStream(found);
        });
    ClassHierarchyResolver ours =
        ClassHierarchyResolver.ofResourceParsing(Instrument.class.getClassLoader());
    ClassFile file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(known.orElse(ours)));
    return file.transformClass(
        file.parse(bytes),
        ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Ticks::new)));
  }

  /** The transform of one method. */
  private static final class Ticks implements CodeTransform {
    private final Set<Label> passed = new HashSet<>();
    private boolean entered;

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      switch (element) {
        case LabelTarget target -> passed.add(target.label());
        case BranchInstruction branch -> tickIfBack(code, List.of(branch.target()));
        case LookupSwitchInstruction s -> tickIfBack(code, targets(s.cases()));
        case TableSwitchInstruction s -> tickIfBack(code, targets(s.cases()));
        default -> {}
      }
      if (element instanceof InvokeInstruction call && isText(call)) {
        code.invokestatic(WATCH, "text", call.typeSymbol());
      } else {
        code.with(element);
      }
      if (!entered && element instanceof LineNumber) { // so that the tick has a line
        entered = true;
        tick(code);
      }
    }

    /** String.valueOf(Object), which javac also puts where strings are joined. */
    private static boolean isText(InvokeInstruction call) {
      return call.owner().asInternalName().equals("java/lang/String")
          && call.name().equalsString("valueOf")
          && call.type().equalsString("(Ljava/lang/Object;)Ljava/lang/String;");
    }

    private static List<Label> targets(List<SwitchCase> cases) {
      return cases.stream().map(SwitchCase::target).toList();
    }

    private void tickIfBack(CodeBuilder code, List<Label> targets) {
      if (targets.stream().anyMatch(passed::contains)) {
        tick(code);
      }
    }

    private static void tick(CodeBuilder code) {
      code.invokestatic(WATCH, "tick", NOTHING);
    }
  }
}
