package dev.sonde.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.http.MimeHeaders;

/// Accepts forwarded headers of trusted proxies and removes those of all other peers. Nothing
/// behind the valve sees the removed ones.
///
/// From a trusted proxy count `X-Forwarded-For`, `-Proto`, `-Host`, `-Port` and `-Prefix`; the
/// address is the last one in `X-Forwarded-For` that is no trusted proxy. `Forwarded` (RFC 7239)
/// never counts, because a proxy that does not write it passes on its caller's.
final class ForwardedValve extends RemoteIpValve {

    private static final String PREFIX = "x-forwarded-";

    private final TrustedProxies proxies;

    ForwardedValve(TrustedProxies proxies) {
        this.proxies = proxies;
        setInternalProxies(proxies.text());
        setHostHeader("X-Forwarded-Host");
        setPortHeader("X-Forwarded-Port");
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
        headers.removeHeader("Forwarded");
        if (isTrusted(request)) {
            super.invoke(request, response);
        } else {
            removeHeaders(headers);
            getNext().invoke(request, response);
        }
    }

    private boolean isTrusted(Request request) {
        return !proxies.isEmpty()
                && request.getRemoteAddr() != null
                && proxies.contains(InetAddress.ofLiteral(request.getRemoteAddr()));
    }

    private static void removeHeaders(MimeHeaders headers) {
        List<String> forwarded = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.getName(i).toString();
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PREFIX)) {
                forwarded.add(name);
            }
        }
        forwarded.forEach(headers::removeHeader);
    }
}
