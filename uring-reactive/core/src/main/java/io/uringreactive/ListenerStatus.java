// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/**
 * What one listener has done since it was bound.
 *
 * @param accepted connections that were accepted
 * @param unclaimed those of them that were aborted because nobody used them in time
 * @param backOffs errors of accept, such as want of descriptors, after which it paused
 */
public record ListenerStatus(long accepted, long unclaimed, long backOffs) {}
