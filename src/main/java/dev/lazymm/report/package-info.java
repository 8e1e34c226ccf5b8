/**
 * How results look: text of 72 columns of plain ASCII ({@code ...Text}), JSON ({@link
 * dev.lazymm.report.Json} and the records named {@code ...Json}, each the shape of a document), and
 * pictures of executions ({@link dev.lazymm.report.ExecutionPicture}, {@link
 * dev.lazymm.report.ExecutionDot}). Everything is returned as a string; nothing is printed here.
 */
@NullMarked
package dev.lazymm.report;

import org.jspecify.annotations.NullMarked;
