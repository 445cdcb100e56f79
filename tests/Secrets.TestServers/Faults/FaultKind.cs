namespace Secrets.TestServers.Faults;

/// <summary>How a server misbehaves. Each is a word of the command line, in kebab-case.</summary>
public enum FaultKind
{
    /// <summary>The vendor's own form of "too many calls".</summary>
    Throttle,

    /// <summary>Status 429 without a body.</summary>
    TooManyRequests,

    /// <summary>The vendor's own form of an error of the server.</summary>
    ServerError,

    /// <summary>Status 503 without a body.</summary>
    Unavailable,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The body ends before its announced length.</summary>
    Truncated,

    /// <summary>A success whose body is no format at all.</summary>
    Garbage,

    /// <summary>A success with <c>{}</c>.</summary>
    EmptyObject,

    /// <summary>A success with <c>[]</c>.</summary>
    WrongShape,

    /// <summary>A success with a body that drips and never ends.</summary>
    EndlessBody,

    /// <summary>An answer that never begins.</summary>
    Silence,

    /// <summary>A success with a body beyond every limit.</summary>
    Oversize,

    /// <summary>A success with the page of a login form.</summary>
    WrongContentType,

    /// <summary>Status 404 with a page of something else.</summary>
    PageNotFound,

    /// <summary>A redirect to another server.</summary>
    Redirect,

    /// <summary>The vendor's own form of "your token has expired".</summary>
    ExpiredToken,

    /// <summary>The vendor's own form of "you may not do this".</summary>
    AccessDenied,
}
