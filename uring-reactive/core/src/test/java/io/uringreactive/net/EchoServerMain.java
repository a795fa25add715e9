// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.UringNet;
import java.io.IOException;
import java.util.logging.Logger;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;

/** Echoes on a port of 127.0.0.1, which it prints, until its input ends. For {@link ChildJvm}. */
final class EchoServerMain {
    public static void main(String[] arguments) throws IOException {
        RingGroup group = RingGroup.create(RingGroupOptions.defaults().rings(1));
        Listener listener =
                Await.get(UringNet.listen(ListenOptions.port(0).host("127.0.0.1").group(group)));
        Disposable serving = listener.serve(EchoServerMain::echo).subscribe();
        warmUp(listener, group);
        System.out.println(listener.address().getPort());
        while (System.in.read() >= 0) {
            // Only the end matters.
        }
        serving.dispose();
        Await.done(group.disposeGracefully());
    }

    /** Loads what serving needs: here each class is a file, and there may be none to open later. */
    private static void warmUp(Listener listener, RingGroup group) {
        try (Peer peer = Peer.connect(listener.address())) {
            peer.write("x");
            peer.read(1);
        }
        Peer resetting = Peer.connect(listener.address());
        resetting.write("x");
        resetting.read(1);
        resetting.reset();
        Await.get(UringNet.connect(ConnectOptions.to(listener.address()).group(group))).dispose();
        Logger.getLogger("io.uringreactive").warning("logging works");
    }

    private static Publisher<Void> echo(Connection connection) {
        return connection.send(connection.receive());
    }

    private EchoServerMain() {}
}
