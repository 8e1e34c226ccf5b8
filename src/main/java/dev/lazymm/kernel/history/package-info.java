/**
 * What Linux, or a series on its way there, once got wrong: each class replaces the one method that
 * differed, and says which regression it is. A kernel is made with it by overriding the {@code
 * make} method of that part.
 */
@NullMarked
package dev.lazymm.kernel.history;

import org.jspecify.annotations.NullMarked;
