// SPDX-License-Identifier: Apache-2.0
/**
 * TLS over any {@link io.uringreactive.Connection}: {@link io.uringreactive.tls.Tls} makes a {@link
 * io.uringreactive.tls.TlsConnection} of it, which keeps the contract of a connection. The protocol
 * is the JDK's {@link javax.net.ssl.SSLEngine}; the flow of bytes and demand around it is ours.
 */
@NullMarked
package io.uringreactive.tls;

import org.jspecify.annotations.NullMarked;
