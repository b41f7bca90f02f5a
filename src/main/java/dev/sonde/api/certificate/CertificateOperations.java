package dev.sonde.api.certificate;

import dev.sonde.api.document.PageAnswer;
import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.IfMatchParameter;
import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.PageView;
import dev.sonde.probe.spec.ResourceName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The description of the operations on certificates in the OpenAPI document.
@Tag(name = "Certificates", description = "The built-in certificate authority")
@RequestMapping("/api/v1/certificates")
interface CertificateOperations {

    @PostMapping(
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE},
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "issueCertificate",
            summary = "Issue a certificate",
            description =
                    "The first request creates the authority. Only this answer has "
                            + "the private key. The service keeps the key for its own probes and "
                            + "listeners.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    CertificateRequest.class),
                                            examples =
                                                    @ExampleObject(
                                                            "openapi/certificate/request.json"))))
    @ApiResponse(
            responseCode = "201",
            description = "Issued",
            headers =
                    @Header(
                            name = "Location",
                            description = "Address of the certificate",
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = CertificateView.class),
                            examples = @ExampleObject("openapi/certificate/certificate.json")))
    @ApiResponse(
            responseCode = "409",
            description = "A certificate of this name exists, or the authority is off")
    ResponseEntity<CertificateView> issue(@RequestBody CertificateRequest body);

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "listCertificates",
            summary = "List certificates",
            description = "In the order of their names, without their keys.")
    @PageAnswer(
            value = "A page of certificates",
            of = CertificateView.class,
            example = "openapi/certificate/page.json")
    PageView<CertificateView> list(
            @LimitParameter @RequestParam(required = false) @Nullable String limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor);

    @GetMapping(
            path = "/ca",
            produces = {CertificateController.PEM, MediaType.TEXT_PLAIN_VALUE})
    @Operation(
            operationId = "getAuthority",
            summary = "Download the authority's certificate",
            description = "A client that trusts it trusts every certificate that is issued here.")
    @ApiResponse(
            responseCode = "200",
            description = "The certificate, in PEM",
            content = {
                @Content(
                        mediaType = CertificateController.PEM,
                        schema = @Schema(type = "string"),
                        examples = @ExampleObject("openapi/certificate/authority.pem")),
                @Content(
                        mediaType = "text/plain",
                        schema = @Schema(type = "string"),
                        examples = @ExampleObject("openapi/certificate/authority.pem"))
            })
    @ApiResponse(responseCode = "409", description = "The authority is off")
    ResponseEntity<String> authority();

    @GetMapping(
            path = "/{name:(?!ca$).+}",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "getCertificate",
            summary = "Read a certificate",
            description = "The certificate and its chain, without its key.")
    @ApiResponse(
            responseCode = "200",
            description = "The certificate",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = CertificateView.class),
                            examples = @ExampleObject("openapi/certificate/certificate.json")))
    ResponseEntity<CertificateView> get(@CertificateName @PathVariable String name);

    @DeleteMapping("/{name}")
    @Operation(
            operationId = "deleteCertificate",
            summary = "Delete a certificate",
            description =
                    "The service deletes it and its key. It is not revoked: every copy can be used until it expires.")
    @IfMatchParameter
    @ApiResponse(responseCode = "204", description = "Deleted")
    ResponseEntity<Void> delete(
            @CertificateName @PathVariable String name,
            @Parameter(hidden = true) HttpServletRequest request);

    /// The part of the path that names a certificate.
    @Parameter(
            description = "The certificate's name",
            example = "server-a",
            schema = @Schema(type = "string", pattern = ResourceName.PATTERN))
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @java.lang.annotation.Target(java.lang.annotation.ElementType.PARAMETER)
    @interface CertificateName {}
}
