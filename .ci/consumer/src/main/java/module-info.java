// SPDX-License-Identifier: Apache-2.0
/** A user's application. */
module example.consumer {
    requires io.uringreactive;
}
