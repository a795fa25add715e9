// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/**
 * Makes transports of one kind, where they are to be had. Found by {@link java.util.ServiceLoader}.
 * Creating a provider costs nothing and loads nothing of the system's. Every method is safe from
 * any thread.
 */
public interface TransportProvider {
    /** One word in lower case, such as {@code uring}, by which users ask for it. */
    String name();

    /** Of the transports that are available, the one with the highest is taken. */
    int preference();

    /**
     * Whether its transports work in this process, and if not, why and what to change. Looks anew
     * each time until they are available. Starts nothing and throws nothing.
     */
    Availability availability();

    /**
     * The one that everybody shares, started by the first use.
     *
     * @throws TransportUnavailable with cause and remedy
     */
    Transport shared();

    /**
     * One with so many threads of its own, which live until it is disposed.
     *
     * @throws TransportUnavailable with cause and remedy; nothing is left behind
     */
    Transport open(int threads);
}
