// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.UringNet;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;

/** A listener that serves, for the length of a try block. */
record Server(Listener listener, Disposable serving) implements AutoCloseable {
    static Server of(
            ListenOptions options,
            Function<? super Connection, ? extends Publisher<Void>> handler) {
        Listener listener = Await.get(UringNet.listen(options));
        return new Server(listener, listener.serve(handler).subscribe());
    }

    static Server echo(ListenOptions options) {
        return of(options, connection -> connection.send(connection.receive()));
    }

    InetSocketAddress address() {
        return listener.address();
    }

    Peer connect() {
        return Peer.connect(address());
    }

    @Override
    public void close() {
        serving.dispose();
        Await.done(listener.onClose());
    }
}
