package dev.sonde.api.listener;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The answers to a request for a listener that cannot be opened.
@ApiResponse(
        responseCode = "403",
        description = "The policy forbids the address, or the port is the service's own")
@ApiResponse(
        responseCode = "409",
        description = "The address is in use; on POST also where the name exists")
@ApiResponse(
        responseCode = "422",
        description =
                "The address is not one of this host's, the port needs a privilege, or no server's"
                        + " certificate has the name")
@ApiResponse(responseCode = "429", description = "Too many listeners, or too few file descriptors")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface CannotListen {}
