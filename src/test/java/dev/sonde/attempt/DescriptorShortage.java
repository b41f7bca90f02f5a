package dev.sonde.attempt;

import dev.sonde.attempt.connect.ConnectErrors;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.lab.Landlock;
import dev.sonde.probe.finding.AttemptResult;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A program that runs out of descriptors, for [DescriptorShortageTest] to start with a low limit,
/// and that may not connect at its end.
///
/// Every class has to be loaded before the shortage, because loading takes a descriptor too.
final class DescriptorShortage {

    private DescriptorShortage() {}

    /// Prints the verdict of a probe during the shortage and of one after it, and what is held.
    public static void main(String[] arguments) throws IOException {
        ConnectErrors.ofSourceBind(
                new ConnectErrors(ErrorTexts.ofThisProcess())
                        .errnoOf(new SocketException("Too many open files"), 0));
        try (Peer peer = Peer.listening();
                TestEngine engine = TestEngine.setup().connectsPerSecond(20, 20).byHand()) {
            engine.probe(peer.address(), Settings.DEFAULT);
            engine.submit(peer.address(), Settings.DEFAULT).probe.cancel();
            engine.probe(peer.address(), Settings.within(Duration.ofSeconds(1)));
            List<SocketChannel> hoard = openAll();
            AttemptResult during = engine.probe(peer.address(), Settings.DEFAULT);
            for (SocketChannel channel : hoard) {
                channel.close();
            }
            AttemptResult after = engine.probe(peer.address(), Settings.DEFAULT);
            System.out.printf(
                    "%s %s queued=%d inFlight=%d used=%d%n",
                    Submitted.verdict(during),
                    Submitted.verdict(after),
                    engine.prober.queued(),
                    engine.prober.inFlight(),
                    engine.budget.used());
            System.out.println(forbidden(engine, peer));
        }
    }

    /// The loop has this thread.
    private static String forbidden(TestEngine engine, Peer peer) {
        try {
            Landlock.forbidConnects();
        } catch (IOException _) {
            return "no landlock";
        }
        AttemptResult result = engine.probe(peer.address(), Settings.DEFAULT);
        return Submitted.verdict(result) + " " + result.outcome().detail();
    }

    private static List<SocketChannel> openAll() {
        List<SocketChannel> opened = new ArrayList<>();
        while (true) {
            try {
                opened.add(SocketChannel.open());
            } catch (IOException _) {
                return opened;
            }
        }
    }
}
