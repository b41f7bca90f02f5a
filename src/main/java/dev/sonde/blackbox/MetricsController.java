package dev.sonde.blackbox;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// `GET /metrics`: the path at which blackbox_exporter is scraped. It answers as
/// `/actuator/prometheus`, which API descriptions leave out as well.
@Hidden
@Controller
class MetricsController {

    @GetMapping("/metrics")
    String metrics() {
        return "forward:/actuator/prometheus";
    }
}
