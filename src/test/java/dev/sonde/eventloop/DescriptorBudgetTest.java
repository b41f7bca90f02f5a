package dev.sonde.eventloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DescriptorBudgetTest {

    private final DescriptorBudget budget = new DescriptorBudget(2);

    @Test
    void nothingIsLeftAtTheLimit() {
        assertThat(budget.tryAcquire()).isTrue();
        assertThat(budget.tryAcquire()).isTrue();
        assertThat(budget.tryAcquire()).isFalse();
        assertThat(budget.used()).isEqualTo(budget.limit());
    }

    @Test
    void whoeverWaitsIsToldOfARelease() {
        AtomicInteger told = new AtomicInteger();
        budget.onRelease(told::incrementAndGet);
        budget.tryAcquire();
        assertThat(told).hasValue(0);
        budget.release();
        assertThat(told).hasValue(1);
        assertThat(budget.used()).isZero();
    }

    @Test
    void secondReleaseIsRefused() {
        budget.tryAcquire();
        budget.release();
        assertThatThrownBy(budget::release).hasMessageContaining("released twice");
    }

    @Test
    void limitHoldsWhenManyThreadsAsk() {
        DescriptorBudget shared = new DescriptorBudget(100);
        long granted =
                IntStream.range(0, 10_000).parallel().filter(_ -> shared.tryAcquire()).count();
        assertThat(granted).isEqualTo(100);
        assertThat(shared.used()).isEqualTo(100);
    }

    @Test
    void budgetNeedsADescriptor() {
        assertThatThrownBy(() -> new DescriptorBudget(0)).hasMessageContaining("not 0");
    }
}
