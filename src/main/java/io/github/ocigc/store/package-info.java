/**
 * The disk: what kinds of store there are, where their files lie, how their roots are read and
 * rewritten, and the lock between processes.
 *
 * <p>{@link io.github.ocigc.store.Store} is sealed; a third kind of store is one new class that it
 * permits and that {@link io.github.ocigc.store.Store#open} asks. Everything about blobs is the
 * same in every kind ({@link io.github.ocigc.store.BlobFolder}), what differs are the roots.
 *
 * <p>What is on its way in or out stands in {@code .ocigc/transfers}, a folder for each transfer:
 * its lock, which the operating system gives back when the process ends; the list of what it holds;
 * and the blobs that are coming in, which are renamed into place when they are whole and true.
 *
 * <p>Rules kept here: only "no such file" means absent; a symbolic link is never followed to a
 * blob; the roots are replaced by rename, after an fsync of the file and before one of the folder;
 * nothing of ours stands outside {@code .ocigc/}, not even a temporary file.
 */
@NullMarked
package io.github.ocigc.store;

import org.jspecify.annotations.NullMarked;
