package dev.sonde.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Forwarded headers of a trusted proxy, which is at 127.0.0.2, and of others.
class ForwardedValveTest {

    @TempDir private static Path directory;

    private static final Tomcat SERVER = new Tomcat();

    /// Says whom it takes the caller for, under what URL it is asked, and what it sees of headers.
    private static final class Mirror extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            List<String> forwarded =
                    Collections.list(request.getHeaderNames()).stream()
                            .map(name -> name.toLowerCase(Locale.ROOT))
                            .filter(name -> name.contains("forwarded"))
                            .sorted()
                            .toList();
            response.getWriter()
                    .print(
                            "%s %s://%s:%d %s"
                                    .formatted(
                                            request.getRemoteAddr(),
                                            request.getScheme(),
                                            request.getServerName(),
                                            request.getServerPort(),
                                            forwarded));
        }
    }

    /// Answers with links, and says under what path it was asked.
    private static final class Links extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            response.setHeader("Location", "/api/v1/probes/a");
            response.addHeader("Content-Location", "https://a.test/x");
            response.getWriter()
                    .print(
                            request.getRequestURL()
                                    + " "
                                    + CallerPath.of("/api/v1/results/1")
                                    + " "
                                    + request.getRequestURI());
        }
    }

    @BeforeAll
    static void start() throws Exception {
        SERVER.setBaseDir(directory.toString());
        SERVER.setPort(0);
        SERVER.getConnector().setProperty("address", "127.0.0.1");
        Context context = SERVER.addContext("", directory.toString());
        Tomcat.addServlet(context, "mirror", new Mirror());
        context.addServletMappingDecoded("/", "mirror");
        addLinks(context);
        addLinks(SERVER.addContext("/own", directory.toString()));
        TrustedProxies proxies = new TrustedProxies(List.of("127.0.0.2", "10.1.0.0/16"));
        SERVER.getEngine().getPipeline().addValve(new ForwardedValve(proxies));
        SERVER.start();
    }

    private static void addLinks(Context context) {
        Tomcat.addServlet(context, "links", new Links());
        context.addServletMappingDecoded("/links", "links");
        FilterDef filter = new FilterDef();
        filter.setFilterName("prefix");
        filter.setFilter(new PrefixFilter());
        context.addFilterDef(filter);
        FilterMap map = new FilterMap();
        map.setFilterName("prefix");
        map.addURLPattern("/links");
        context.addFilterMap(map);
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.stop();
        SERVER.destroy();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1 | X-Forwarded-For: 192.0.2.7 | 127.0.0.1 http://localhost:80 []",
                "127.0.0.1 | x-forwarded-proto: https | 127.0.0.1 http://localhost:80 []",
                "127.0.0.1 | X-Forwarded-Host: a.test | 127.0.0.1 http://localhost:80 []",
                "127.0.0.1 | X-Forwarded-Prefix: /a | 127.0.0.1 http://localhost:80 []",
                "127.0.0.1 | Forwarded: for=192.0.2.7 | 127.0.0.1 http://localhost:80 []",
                "127.0.0.3 | X-Forwarded-For: 192.0.2.7 | 127.0.0.3 http://localhost:80 []",
                "127.0.0.2 | X-Forwarded-For: 192.0.2.7 | 192.0.2.7 http://localhost:80 []",
                // Whatever the caller wrote before what its proxy added.
                "127.0.0.2 | X-Forwarded-For: 1.1.1.1, 192.0.2.7 | 192.0.2.7 http://localhost:80"
                        + " [x-forwarded-for]",
                "127.0.0.2 | X-Forwarded-For: 192.0.2.7, 10.1.2.3 | 192.0.2.7"
                        + " http://localhost:80 []",
                // What a proxy passes on unread is the caller's.
                "127.0.0.2 | Forwarded: for=192.0.2.7;proto=https | 127.0.0.2"
                        + " http://localhost:80 []",
                "127.0.0.2 | X-Forwarded-Prefix: /a | 127.0.0.2 http://localhost:80"
                        + " [x-forwarded-prefix]",
            })
    void forwardedHeadersCountOnlyFromTrustedProxies(String from, String header, String seen)
            throws IOException {
        assertThat(ask(from, header + "\r\n")).isEqualTo(seen);
    }

    @Test
    void theUrlIsTheOneThatTheTrustedProxyWasAskedUnder() throws IOException {
        String headers =
                """
                X-Forwarded-For: 192.0.2.7\r
                X-Forwarded-Proto: https\r
                X-Forwarded-Host: sonde.test\r
                X-Forwarded-Port: 8443\r
                """;
        assertThat(ask("127.0.0.2", headers)).startsWith("192.0.2.7 https://sonde.test:8443 ");
        assertThat(ask("127.0.0.1", headers)).isEqualTo("127.0.0.1 http://localhost:80 []");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.2 | /links | /ops/sonde | /ops/sonde/api/v1/probes/a | /ops/sonde/links",
                "127.0.0.2 | /links | /ops/sonde/ | /ops/sonde/api/v1/probes/a | /ops/sonde/links",
                "127.0.0.2 | /links | /ops, /sonde | /ops/sonde/api/v1/probes/a | /ops/sonde/links",
                "127.0.0.2 | /own/links | /ops | /ops/own/api/v1/probes/a | /ops/own/links",
                "127.0.0.2 | /links | //evil.test | /api/v1/probes/a | /links",
                "127.0.0.2 | /links | /a?b | /api/v1/probes/a | /links",
                "127.0.0.1 | /own/links | /ops | /own/api/v1/probes/a | /own/links",
                "127.0.0.1 | /links | /ops | /api/v1/probes/a | /links",
            })
    void linksBeginWithThePrefixThatATrustedProxyNames(
            String from, String path, String prefix, String link, String asked) throws IOException {
        String answer =
                answer(
                        from,
                        path,
                        "X-Forwarded-Prefix: " + prefix + "\r\nSonde-Prefix: /stranger\r\n");
        assertThat(answer)
                .contains("Location: " + link + "\r\n", "Content-Location: https://a.test/x\r\n")
                .endsWith(" " + link.replace("probes/a", "results/1") + " " + asked);
        assertThat(CallerPath.of("/x")).isEqualTo("/x");
    }

    private static String ask(String from, String headers) throws IOException {
        String answer = answer(from, "/", headers);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static String answer(String from, String path, String headers) throws IOException {
        int port = SERVER.getConnector().getLocalPort();
        InetAddress server = InetAddress.ofLiteral("127.0.0.1");
        try (Socket socket = new Socket(server, port, InetAddress.ofLiteral(from), 0)) {
            socket.setSoTimeout(60_000);
            String request =
                    "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
                            .formatted(path, headers);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
