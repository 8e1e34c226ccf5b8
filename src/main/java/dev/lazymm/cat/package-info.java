/**
 * herd's language for memory models: {@code .cat} files, read, compiled and asked.
 *
 * <p>A {@link dev.lazymm.cat.Model} is compiled once into operations on bit matrices. A {@link
 * dev.lazymm.cat.Structure} brings the events of one candidate execution with its base sets and
 * relations, each as {@link dev.lazymm.cat.Bounds}: what is in it for certain and what may still
 * come. So one and the same compiled model judges complete candidates and prunes incomplete ones.
 *
 * <pre>{@code
 * Model model = Model.load(Source.read(file), Options.of(Vocabulary.c()).withVariants("lkmmv2"));
 * Judge judge = model.judge(structure);
 * judge.set("rf", new Bounds<>(certain, possible));
 * if (judge.isPossible()) { ... }
 * judge.set("rf", Bounds.exact(rf));
 * judge.completions((flags, end) -> show(flags, end.relation("co")));
 * }</pre>
 *
 * <p>Start reading at {@code Expr} and {@code Instruction}, the language as it stands in the text.
 * {@code Interpreter} and {@code Execution} say what it means, over exact values; they are the
 * measure of the rest. {@code Compiler} and {@code ModelCompiler} leave nodes, tests and choices,
 * which {@code Evaluator} evaluates on bounds and {@code CompiledJudge} solves.
 *
 * <p>This package knows nothing of litmus tests, nor of the rest of the project.
 */
@NullMarked
package dev.lazymm.cat;

import org.jspecify.annotations.NullMarked;
