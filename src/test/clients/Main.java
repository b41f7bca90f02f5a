package check;

import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.*;
import org.openapitools.client.model.*;

public class Main {
    public static void main(String[] args) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(args[0]);
        ListenersApi listeners = new ListenersApi(client);
        List<Behaviour> all =
                List.of(
                        new Behaviour(
                                new CloseBehaviour()
                                        .type(CloseBehaviour.TypeEnum.CLOSE)
                                        .after("1s")),
                        new Behaviour(new ResetBehaviour().type(ResetBehaviour.TypeEnum.RESET)),
                        new Behaviour(
                                new DiscardBehaviour().type(DiscardBehaviour.TypeEnum.DISCARD)),
                        new Behaviour(new EchoBehaviour().type(EchoBehaviour.TypeEnum.ECHO)),
                        new Behaviour(new HoldBehaviour().type(HoldBehaviour.TypeEnum.HOLD)),
                        new Behaviour(
                                new BannerBehaviour()
                                        .type(BannerBehaviour.TypeEnum.BANNER)
                                        .data(new BannerBehaviourData("hi"))),
                        new Behaviour(
                                new DialogueBehaviour()
                                        .type(DialogueBehaviour.TypeEnum.DIALOGUE)
                                        .steps(
                                                List.of(
                                                        new ListenerStep()
                                                                .expect("^a")
                                                                .close(
                                                                        ListenerStep.CloseEnum
                                                                                .FIN)))),
                        new Behaviour(
                                new StreamBehaviour()
                                        .type(StreamBehaviour.TypeEnum.STREAM)
                                        .bytes(1L)),
                        new Behaviour(new StallBehaviour().type(StallBehaviour.TypeEnum.STALL)),
                        new Behaviour(
                                new NeverAcceptBehaviour()
                                        .type(NeverAcceptBehaviour.TypeEnum.NEVER_ACCEPT)),
                        new Behaviour(
                                new QueueFullBehaviour()
                                        .type(QueueFullBehaviour.TypeEnum.QUEUE_FULL)),
                        new Behaviour(
                                new HalfEstablishBehaviour()
                                        .type(HalfEstablishBehaviour.TypeEnum.HALF_ESTABLISH)),
                        new Behaviour(new RefuseBehaviour().type(RefuseBehaviour.TypeEnum.REFUSE)),
                        new Behaviour(
                                new ProxyBehaviour()
                                        .type(ProxyBehaviour.TypeEnum.PROXY)
                                        .to("127.0.0.1:1")
                                        .faults(
                                                List.of(
                                                        new Fault(
                                                                new LatencyFault()
                                                                        .type(
                                                                                LatencyFault
                                                                                        .TypeEnum
                                                                                        .LATENCY)
                                                                        .latency("200ms")),
                                                        new Fault(
                                                                new LimitFault()
                                                                        .type(
                                                                                LimitFault.TypeEnum
                                                                                        .LIMIT)
                                                                        .bytes(10L))))));
        for (int i = 0; i < all.size(); i++) {
            Listener view =
                    listeners.putListener(
                            "java-" + i,
                            new ListenerRequest().bind("127.0.0.1:0").behaviour(all.get(i)),
                            null,
                            null);
            System.out.println(
                    view.getName()
                            + " "
                            + view.getState()
                            + " "
                            + view.getBehaviour().getActualInstance().getClass().getSimpleName());
            listeners.deleteListener("java-" + i, null);
        }
        Probe probe =
                new ProbesApi(client)
                        .putProbe(
                                "java",
                                new ProbeRequest()
                                        .target("127.0.0.1:1")
                                        .interval("60s")
                                        .settings(
                                                new Settings()
                                                        .timeout("1s")
                                                        .tls(new Tls().trust("insecure"))
                                                        .dialogue(
                                                                List.of(
                                                                        new DialogueStep()
                                                                                .expect("^a")))),
                                null,
                                null);
        System.out.println(probe.getName() + " " + probe.getState());
        Check check =
                new ChecksApi(client)
                        .createCheck(
                                new CheckRequest().targets(List.of(args[0].substring(7))), null);
        System.out.println(
                check.getResults().get(0).getOutcome()
                        + " "
                        + check.getResults().get(0).getEvidence().getSource());
    }
}
