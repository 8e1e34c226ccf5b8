/**
 * herd's language for memory models: {@code .cat} files, read, compiled and asked.
 *
 * <p>A {@link dev.lazymm.cat.Model} is compiled once into operations on bit matrices. A {@link
 * dev.lazymm.cat.Structure} brings the events of one candidate execution with its base sets and
 * relations, each as {@link dev.lazymm.cat.Bounds}: what is in it for certain and what may still
 * come. So one and the same compiled model judges complete candidates and prunes incomplete ones.
 *
 * <p>This package knows nothing of litmus tests, nor of the rest of the project.
 */
@NullMarked
package dev.lazymm.cat;

import org.jspecify.annotations.NullMarked;
