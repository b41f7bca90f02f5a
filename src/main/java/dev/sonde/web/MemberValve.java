package dev.sonde.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/// Marks the requests of the port for replicas, and cuts off an answer whose holder was lost.
final class MemberValve extends ValveBase {

    private final Connector members;

    MemberValve(Connector members) {
        super(true);
        this.members = members;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (members.equals(request.getConnector())) {
            ForwardedRequest.mark(request);
        }
        getNext().invoke(request, response);
        if (ForwardedRequest.isBroken(request)) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
        }
    }
}
