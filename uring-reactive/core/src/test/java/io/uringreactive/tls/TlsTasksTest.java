// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.testing.Rings;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/** Keys and certificates are worked on away from the rings, which go on meanwhile. */
class TlsTasksTest extends RingTest {
    private final SSLContext client = Identity.trusting(Identity.LOCALHOST);

    /** Notes who asks for the server's key, and may keep them waiting. */
    private static final class WatchedKeys extends X509ExtendedKeyManager {
        final ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
        final CountDownLatch slowMayGoOn = new CountDownLatch(1);
        final CountDownLatch slowHasBegun = new CountDownLatch(1);
        private final X509ExtendedKeyManager keys =
                (X509ExtendedKeyManager) Identity.LOCALHOST.keyManagers()[0];
        private volatile boolean slow;

        SSLContext context() {
            return Identity.context(new KeyManager[] {this});
        }

        void beSlowOnce() {
            slow = true;
        }

        @Override
        public String chooseEngineServerAlias(
                String type, Principal @Nullable [] issuers, SSLEngine engine) {
            threads.add(Thread.currentThread().getName());
            if (slow) {
                slow = false;
                slowHasBegun.countDown();
                await(slowMayGoOn);
            }
            return keys.chooseEngineServerAlias(type, issuers, engine);
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return keys.getServerAliases(type, issuers);
        }

        @Override
        public String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return keys.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(Rings.LIMIT.toSeconds(), TimeUnit.SECONDS), "in vain");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldNeverRunOnARing() {
        WatchedKeys keys = new WatchedKeys();
        serveEcho(keys.context(), TlsOptions.defaults());
        for (int i = 0; i < 5; i++) {
            assertEquals("hello", get(echo(connected(client, TlsOptions.defaults()), "hello")));
        }
        assertFalse(keys.threads.isEmpty());
        assertTrue(
                keys.threads.stream().allMatch(name -> name.startsWith("boundedElastic")),
                () -> "asked on " + keys.threads);
    }

    @Test
    void shouldNotKeepOtherConnectionsWaiting() {
        WatchedKeys keys = new WatchedKeys();
        RingGroup one = RingGroup.create(RingGroupOptions.defaults().rings(1));
        var tasks = Schedulers.newBoundedElastic(4, 100, "tls-tasks");
        try {
            serve(
                    one,
                    Tls.server(keys.context(), TlsOptions.defaults().tasks(tasks)),
                    RingTest::echoing);
            keys.beSlowOnce();
            var slow =
                    connect(client, TlsOptions.defaults()).flatMap(c -> echo(c, "slow")).toFuture();
            await(keys.slowHasBegun);
            assertEquals("fast", get(echo(connected(client, TlsOptions.defaults()), "fast")));
            assertFalse(slow.isDone());
            keys.slowMayGoOn.countDown();
            assertEquals("slow", slow.join());
            stopServing();
        } finally {
            keys.slowMayGoOn.countDown();
            tasks.dispose();
            Rings.stop(one);
        }
    }

    /** Its connection is gone: the result of the task meets nobody. */
    @Test
    void shouldEndWhileATaskRuns() {
        WatchedKeys keys = new WatchedKeys();
        serveEcho(keys.context(), TlsOptions.defaults());
        keys.beSlowOnce();
        var waiting = connect(client, TlsOptions.defaults()).subscribe();
        await(keys.slowHasBegun);
        waiting.dispose();
        keys.slowMayGoOn.countDown();
        assertEquals("hello", get(echo(connected(client, TlsOptions.defaults()), "hello")));
    }
}
