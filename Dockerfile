# The image: a JDK 25 runtime of only the modules that are needed, the jar's layers, and two AOT caches, of the
# service and of commands, which were made here with the flags of the run and are proved to be used. See image/build for a build
# without a Docker engine.

# Has Maven and a JDK 25. A C compiler is added from its packages if it has none.
ARG BUILD_IMAGE=docker.io/library/maven:3-eclipse-temurin-25
# Has the C library, nothing else is asked of it: no shell, no package manager.
ARG BASE_IMAGE=docker.io/library/debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY image/entry.c /image/
RUN if ! command -v cc > /dev/null; then \
      apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev; \
    fi \
 && cc -Os -s -Wall -Werror -o /entry /image/entry.c
COPY pom.xml ./
COPY src ./src
# The profile adds the bill of materials, META-INF/sbom/application.cdx.json.
RUN mvn --batch-mode --no-transfer-progress -P '!format,image' package -Dmaven.test.skip \
 && cp target/sonde-*.jar sonde.jar \
 && java -Djarmode=tools -jar sonde.jar extract --layers --destination /layers
# The modules that the jars name, whatever they are, and those that are found by other ways than a class's name;
# jdk.jcmd is for whoever looks into a running one. Spring needs java.beans of java.desktop, and nobody its windows,
# fonts and sounds. A module must have each of its packages, so one file of each stays.
COPY image/Windows.java /image/
RUN jdeps --multi-release 25 --ignore-missing-deps --print-module-deps \
      /layers/application/*.jar /layers/dependencies/lib/*.jar > /modules \
 && jlink --output /runtime --vm server --no-header-files --no-man-pages --strip-java-debug-attributes \
      --compress zip-9 --exclude-resources "$(java /image/Windows.java)" \
      --add-modules "$(cat /modules),jdk.jcmd,jdk.naming.dns,jdk.zipfs" \
 && cd /runtime/lib \
 && rm -f libawt*.so libfontmanager.so libfreetype.so libjavajpeg.so libjawt.so libjsound.so liblcms.so \
      libmlib_image.so libsplashscreen.so psfont* classlist jrt-fs.jar \
 && rm -rf /runtime/legal \
 && if command -v strip > /dev/null; then strip --strip-unneeded *.so server/*.so; fi

# The providers of security that this runtime has. For one that it does not have, the JVM would look into every library.
RUN awk '/^security\.provider\.[0-9]+=(XMLDSig|SunPCSC|JdkSASL|SunPKCS11)$/ { next } \
      /^security\.provider\.[0-9]+=/ { sub(/\.[0-9]+=/, "." ++n "=") } { print }' \
      /runtime/conf/security/java.security > /providers && mv /providers /runtime/conf/security/java.security

# SQLite's library as a file: the root may be read-only and /tmp may be noexec, so nothing is unpacked at run time.
# The libraries of other systems are left out of the jar, and all classes become such as the AOT cache can hold, without
# what only a debugger reads.
COPY image/Jars.java image/SlimClass.java /image/
RUN mkdir /native /unpacked /empty && cd /unpacked \
 && jar --extract --file /layers/dependencies/lib/sqlite-jdbc-*.jar "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" \
 && mv "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" /native/ \
 && java /image/Jars.java /layers/application /layers/dependencies/lib

FROM ${BASE_IMAGE} AS runtime
COPY --from=build /runtime /opt/java
COPY --from=build /layers/dependencies/ /app/
COPY --from=build /layers/spring-boot-loader/ /app/
COPY --from=build /layers/snapshot-dependencies/ /app/
COPY --from=build /layers/application/ /app/
COPY --from=build /native/ /app/native/
COPY --from=build /entry /app/entry
COPY image/java.options image/command.options /app/
# For the database, where none is named: of the user that the service runs as.
COPY --from=build --chown=10001:10001 /empty/ /data/

FROM runtime AS trained
# The service with some requests, then some commands. What follows fails if it cannot use what they made.
RUN ["/opt/java/bin/java", "@/app/java.options", "-XX:+UseG1GC", "-XX:AOTCacheOutput=/app/sonde.aot", \
     "-Xlog:disable", "-Xlog:all=error:stderr", "-Dimage.training=true", \
     "-jar", "/app/sonde.jar", "--server.port=0", "--sonde.data-dir=/tmp/training"]
RUN ["/opt/java/bin/java", "@/app/command.options", "-XX:AOTCacheOutput=/app/command.aot", \
     "-Xlog:disable", "-Xlog:all=error:stderr", "-Dimage.training=true", "-jar", "/app/command.jar", "--version"]
RUN ["/opt/java/bin/java", "@/app/java.options", "-XX:+UseSerialGC", "-XX:AOTCache=/app/sonde.aot", "-XX:AOTMode=on", \
     "-Dspring.context.exit=onRefresh", "-jar", "/app/sonde.jar", "--server.port=0", "--sonde.data-dir=/tmp/proof"]
RUN ["/opt/java/bin/java", "@/app/command.options", "-XX:AOTCache=/app/command.aot", "-XX:AOTMode=on", \
     "-jar", "/app/command.jar", "--version"]

FROM runtime
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Sonde" \
      org.opencontainers.image.description="Finds whether a TCP endpoint can be reached and, if not, why." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=trained /app/sonde.aot /app/command.aot /app/
# Bound to all addresses it starts only when sonde.security says who may use it.
ENV SERVER_ADDRESS=0.0.0.0 SONDE_DATA_DIR=/data LANG=C.UTF-8
WORKDIR /app
USER 10001:10001
EXPOSE 8080
# The root may be read-only; /tmp and /data have to be writable. A first word such as check is a command.
ENTRYPOINT ["/app/entry"]
