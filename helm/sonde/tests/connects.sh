# The API speaks TLS, which bash does not: that it can be connected to is all that is seen here.
exec 3<>"/dev/tcp/$SONDE_HOST/$SONDE_PORT"
echo "Sonde can be connected to"
