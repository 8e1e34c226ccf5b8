/**
 * The command line: one class for each verb, listed in {@link dev.lazymm.cli.Main}. Results go to
 * stdout, talk to stderr; no other package prints.
 */
@NullMarked
package dev.lazymm.cli;

import org.jspecify.annotations.NullMarked;
