package empty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The application that the start of the image is compared with: Spring Boot with a web server, and
/// one path.
@SpringBootApplication
@RestController
public class Empty {

    public static void main(String[] arguments) {
        SpringApplication.run(Empty.class, arguments);
    }

    @GetMapping("/")
    String answer() {
        return "";
    }
}
