/// The page and Swagger UI in a real browser: `mvn -Dtest.browser=true verify`.
package dev.sonde.browser;
