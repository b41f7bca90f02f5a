package dev.sonde;

import dev.sonde.cli.Commands;
import dev.sonde.kernel.CompilerPriority;
import dev.sonde.launch.FirstWord;
import dev.sonde.start.TypedBeans;
import dev.sonde.tls.HandshakeLimits;
import java.security.Security;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderValidatorAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/// The service, started by `mvn spring-boot:run` or `java -jar`, and the commands, which begin with
/// a word. A mail server is a setting; whether beans exist may not depend on one. No bean is
/// wrapped: the store makes its transactions itself. The search for beans to wrap is a tenth of the
/// start. No text is a bean: Spring would read a library's `messages.properties` as ours.
@SpringBootApplication(
        exclude = {
            AopAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            MailSenderAutoConfiguration.class,
            MailSenderValidatorAutoConfiguration.class,
            MessageSourceAutoConfiguration.class,
            PersistenceExceptionTranslationAutoConfiguration.class,
            TransactionAutoConfiguration.class
        })
@ConfigurationPropertiesScan
class SondeApplication {

    /// The system property with the nice value of the JVM's second compiler. It is no setting, so
    /// its name is outside of `sonde.`.
    private static final String COMPILER_PRIORITY = "image.compiler.nice";

    static void main(String[] args) {
        if (FirstWord.isCommand(args)) {
            Commands.main(args);
            return;
        }
        Integer nice = Integer.getInteger(COMPILER_PRIORITY);
        if (nice != null) {
            CompilerPriority.lower(nice);
        }
        // Every probe asks the name service anew: a cached answer, above all a cached failure,
        // would be the prober's own and not the network's.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        HandshakeLimits.raise();
        HeapWatch.start();
        SpringApplication service = new SpringApplication(SondeApplication.class);
        service.setApplicationContextFactory(TypedBeans.contexts());
        if (Boolean.getBoolean(TrainingRun.PROPERTY)) {
            service.addListeners(new TrainingRun());
        }
        service.run(FirstWord.ofService(args));
    }
}
