/**
 * Reports as pages: each is one file of HTML that needs nothing from anywhere. What a page says is
 * put together here in records ({@link dev.lazymm.report.html.ReviewPage}, {@link
 * dev.lazymm.report.html.CheckPage}), pictures are laid out here ({@link
 * dev.lazymm.report.html.Lanes}, {@link dev.lazymm.report.html.Bars}); how it looks is written in
 * {@code src/main/jte}.
 */
@NullMarked
package dev.lazymm.report.html;

import org.jspecify.annotations.NullMarked;
