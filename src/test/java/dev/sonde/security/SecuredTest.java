package dev.sonde.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.test.context.SpringBootTest;

/// A test of the whole service with one token for each role: `view`, `scrape` (prober), `operate`
/// and `administer`. The hashes are what `printf %s view | sha256sum` prints.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "sonde.page.public=true",
            "sonde.security.tokens[0].name=vera",
            "sonde.security.tokens[0].role=viewer",
            "sonde.security.tokens[0].sha256=2bcb43cbc8f6b7ef66331532881143fcbae60a879db3a8fb853f645bb24c2b3c",
            "sonde.security.tokens[1].name=otto",
            "sonde.security.tokens[1].role=operator",
            "sonde.security.tokens[1].sha256=2c29d39181de8f853de5e48ba983a5c88612b9dbaa5ab32c7748800a0840aeb8",
            "sonde.security.tokens[2].name=ada",
            "sonde.security.tokens[2].role=admin",
            "sonde.security.tokens[2].sha256=b56796f7ef8f8c0bd10ae6bc8ccc9eac6cf54171180a4de1ed36fb257d566307",
            "sonde.security.tokens[3].name=paul",
            "sonde.security.tokens[3].role=prober",
            "sonde.security.tokens[3].sha256=174591972de079bef8971d5fedc541bc537fef2640c29b956dae76e5176f044e",
        })
@AutoConfigureMetrics
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.SAME_THREAD)
@interface SecuredTest {}
