package dev.sonde.notification.receiver;

/// The setting of one receiver.
///
/// @param setting as `sonde.notifications.receivers[0]`
record ReceiverPlace(String setting) {

    /// An error that begins with the setting.
    IllegalArgumentException invalid(String field, String sentence) {
        return new IllegalArgumentException(setting + "." + field + ": " + sentence);
    }
}
