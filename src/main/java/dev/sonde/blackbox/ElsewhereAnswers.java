package dev.sonde.blackbox;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/// The recent answers of the other replicas. Safe for any thread; callers wait at most a second.
public interface ElsewhereAnswers {

    /// The texts with which the other replicas answer the same request. Empty for a single process,
    /// and for a request that another replica forwarded.
    ///
    /// @param response gets a header that names the replicas without an answer
    List<String> texts(HttpServletRequest request, HttpServletResponse response);
}
