// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.op.Preparations.ticks;

import io.uringreactive.Completion;
import io.uringreactive.fixtures.Bare;
import io.uringreactive.fixtures.Tck;
import io.uringreactive.testing.OnRings;
import io.uringreactive.testing.Rings;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.testng.SkipException;
import reactor.core.publisher.Flux;

/** The specification's own tests of submitted operations. */
class SubmissionTckTest extends OnRings {
    private static final long PERIOD_NANOS = 200_000;

    private static final Map<String, String> EITHER =
            Tck.both(
                    Tck.notRun(
                            "an operation has at least one completion",
                            "optional_spec105_emptyStreamMustTerminateBySignallingOnComplete"),
                    Tck.notRun(
                            "it fails when it is requested, not when it is subscribed",
                            "optional_spec104_mustSignalOnErrorWhenFails",
                            "required_spec109_mayRejectCallsToSubscribeIfPublisherIsUnable"
                                    + "OrUnwillingToServeThemRejectionMustTriggerOnError"
                                    + "AfterOnSubscribe"));

    private static final Map<String, String> ONE =
            Tck.both(
                    EITHER,
                    Tck.notRun(
                            "it emits one item, and the test needs more",
                            "required_createPublisher3MustProduceAStreamOfExactly3Elements",
                            "required_spec101_subscriptionRequestMustResultInTheCorrectNumber"
                                    + "OfProducedElements",
                            "required_spec102_maySignalLessThanRequestedAndTerminateSubscription",
                            "stochastic_spec103_mustSignalOnMethodsSequentially",
                            "required_spec105_mustSignalOnCompleteWhenFiniteStreamTerminates",
                            "optional_spec111_multicast_mustProduceTheSameElementsInTheSame"
                                    + "SequenceToAllOfItsSubscribersWhenRequestingOneByOne",
                            "optional_spec111_multicast_mustProduceTheSameElementsInTheSame"
                                    + "SequenceToAllOfItsSubscribersWhenRequestingManyUpfront",
                            "optional_spec111_multicast_mustProduceTheSameElementsInTheSame"
                                    + "SequenceToAllOfItsSubscribersWhenRequestingManyUpfront"
                                    + "AndCompleteAsExpected",
                            "required_spec302_mustAllowSynchronousRequestCallsFromOnNextAnd"
                                    + "OnSubscribe",
                            "required_spec303_mustNotAllowUnboundedRecursion",
                            "required_spec306_afterSubscriptionIsCancelledRequestMustBeNops",
                            "required_spec309_requestZeroMustSignalIllegalArgumentException",
                            "required_spec309_requestNegativeNumberMustSignalIllegalArgument"
                                    + "Exception",
                            "optional_spec309_requestNegativeNumberMaySignalIllegalArgument"
                                    + "ExceptionWithSpecificMessage",
                            "required_spec312_cancelMustMakeThePublisherToEventuallyStopSignaling",
                            "required_spec313_cancelMustMakeThePublisherEventuallyDropAll"
                                    + "ReferencesToTheSubscriber",
                            "required_spec317_mustSupportAPendingElementCountUpToLongMaxValue",
                            "required_spec317_mustSupportACumulativePendingElementCountUpTo"
                                    + "LongMaxValue",
                            "required_spec317_mustNotSignalOnErrorWhenPendingAboveLongMaxValue"));

    private abstract static class Submitting extends PublisherVerification<Completion> {
        Submitting() {
            super(Tck.environment());
        }

        @Override
        @SuppressWarnings("NullAway") // null says that there is none
        public Publisher<Completion> createFailedPublisher() {
            return null;
        }

        /** The TCK's own test does not notice that something is emitted. */
        @Override
        @org.testng.annotations.Test
        public void optional_spec105_emptyStreamMustTerminateBySignallingOnComplete() {
            throw new SkipException("never empty");
        }
    }

    private final class One extends Submitting {
        @Override
        public long maxElementsFromPublisher() {
            return 1;
        }

        @Override
        public Publisher<Completion> createPublisher(long elements) {
            return Bare.of(ring.submit(new CountedNop()), item -> {});
        }
    }

    private final class Many extends Submitting {
        @Override
        public Publisher<Completion> createPublisher(long elements) {
            Flux<Completion> ticks = ring.submitMultishot(ticks(ring, PERIOD_NANOS, elements));
            return Bare.of(ticks, item -> {});
        }
    }

    @TestFactory
    Stream<DynamicTest> submit() {
        return Tck.rules(new One(), ONE, () -> Rings.awaitIdle(ring));
    }

    @TestFactory
    Stream<DynamicTest> submitMultishot() {
        return Tck.rules(new Many(), EITHER, () -> Rings.awaitIdle(ring));
    }
}
