package dev.sonde.api;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/// Runs something when a subscriber's request is over, however that came about.
record SubscriberEnd(Runnable whenOver) implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
        whenOver.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        whenOver.run();
    }

    @Override
    public void onError(AsyncEvent event) {
        whenOver.run();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // It goes on: nothing is over.
    }
}
