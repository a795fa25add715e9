// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import io.uringreactive.Availability;
import io.uringreactive.ListenOptions;
import io.uringreactive.Net;
import io.uringreactive.Transport;
import io.uringreactive.TransportProvider;
import io.uringreactive.TransportUnavailable;
import io.uringreactive.sys.ring.RingUnavailable.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which transports there are, and what they say of themselves. */
class ProviderTest {
    @Test
    void shouldBeFoundAfterIoUring() {
        List<String> names = Net.providers().stream().map(TransportProvider::name).toList();
        assertEquals(List.of("uring", "epoll", "nio"), names);
        assertTrue(Net.provider("nio").availability().isAvailable());
        assertEquals(Epoll.isAvailable(), EpollNet.availability().isAvailable());
    }

    @Test
    void shouldSayWhyThereIsNoEpoll() {
        Availability elsewhere =
                with("os.name", "Mac OS X", () -> new EpollProvider().availability());
        assertEquals(Reason.NOT_LINUX, elsewhere.reason());
        assertTrue(elsewhere.explanation().contains("Mac OS X"), elsewhere.explanation());
        Availability otherwise = with("os.arch", "riscv64", () -> EpollNet.availability());
        assertEquals(Reason.ARCHITECTURE, otherwise.reason());
        assertTrue(otherwise.remedy().contains("nio"), otherwise.remedy());
        with(
                "os.name",
                "Mac OS X",
                () -> assertThrows(TransportUnavailable.class, () -> EpollNet.open(1)));
    }

    private static <T> T with(
            String property, String value, java.util.function.Supplier<T> action) {
        String before = System.getProperty(property);
        System.setProperty(property, value);
        try {
            return action.get();
        } finally {
            System.setProperty(property, before);
        }
    }

    @Test
    void shouldShareOneUntilItIsDisposed() {
        TransportProvider nio = new NioProvider();
        Transport shared = nio.shared();
        assertSame(shared, new NioProvider().shared());
        shared.disposeGracefully().block(Wired.LIMIT);
        assertTrue(shared.isDisposed());
        assertNotSame(shared, nio.shared());
        assertFalse(nio.shared().isDisposed());
    }

    @Test
    void shouldServeByEpollNet() {
        ListenOptions options = Wired.loopback();
        var serving =
                EpollNet.listen(options)
                        .flatMap(
                                listener ->
                                        EpollNet.connect("127.0.0.1", listener.address().getPort())
                                                .flatMap(
                                                        c ->
                                                                c.sendText("hello")
                                                                        .then(c.shutdownOutput())
                                                                        .thenMany(c.receiveText())
                                                                        .reduce("", String::concat))
                                                .doOnSubscribe(
                                                        s ->
                                                                listener.serve(
                                                                                c ->
                                                                                        c.send(
                                                                                                c
                                                                                                        .receive()))
                                                                        .subscribe())
                                                .doFinally(end -> listener.dispose()));
        assertEquals("hello", serving.block(Wired.LIMIT));
    }
}
