namespace Secrets.EnvironmentVariables;

/// <summary>How a variable's name separates the keys of the path that it fits, in the order of precedence.</summary>
internal enum NameFit
{
    /// <summary>As the path is written: <c>trello.api_key</c>.</summary>
    Exact = 0,

    /// <summary>By two underscores: <c>TRELLO__API_KEY</c>.</summary>
    TwoUnderscores,

    /// <summary>By one: <c>TRELLO_API_KEY</c>.</summary>
    OneUnderscore,

    /// <summary>In another way, or in several.</summary>
    Other,

    /// <summary>It does not fit.</summary>
    None,
}
