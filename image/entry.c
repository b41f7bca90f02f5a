/* The entry of the image: it gives its place to the service, or to a command. Each has flags, libraries and an AOT cache
   of its own. dev.sonde.launch.FirstWord has the same rule, and LauncherTest compares the two. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifndef JAVA
#define JAVA "/opt/java/bin/java"
#endif

static char *const service[] = {JAVA, "@/app/java.options", "-XX:AOTCache=/app/sonde.aot", "-jar", "/app/sonde.jar"};
static char *const command[] = {JAVA, "@/app/command.options", "-XX:AOTCache=/app/command.aot", "-jar", "/app/command.jar"};
enum { WORDS = sizeof service / sizeof *service };

/* Without any word, with "serve", and where the first begins with "--", the arguments are the service's. */
static int is_command(int count, char **arguments)
{
    if (count < 2 || strcmp(arguments[1], "serve") == 0)
        return 0;
    return strncmp(arguments[1], "--", 2) != 0 || strcmp(arguments[1], "--help") == 0
        || strcmp(arguments[1], "--version") == 0;
}

int main(int count, char **arguments)
{
    char *words[WORDS + count];

    memcpy(words, is_command(count, arguments) ? command : service, sizeof service);
    for (int i = 1; i < count; i++)
        words[WORDS + i - 1] = arguments[i];
    words[WORDS + count - 1] = NULL;
    execv(JAVA, words);
    perror(JAVA);
    return 127;
}
