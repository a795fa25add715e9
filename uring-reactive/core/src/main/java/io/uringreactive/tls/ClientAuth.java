// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

/** Whether a server asks its clients for a certificate. */
public enum ClientAuth {
    /** It does not ask. */
    NONE,

    /** It asks, and serves clients that have none as well. One that is shown must be trusted. */
    WANT,

    /** It refuses clients without a trusted one. */
    NEED
}
