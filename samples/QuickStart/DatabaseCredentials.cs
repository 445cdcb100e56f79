using Secrets;

namespace QuickStart;

/// <summary>A section as one object. A member of type <see cref="SecretValue"/> stays masked, even in the record's own ToString.</summary>
internal sealed record DatabaseCredentials(string User, SecretValue Password, int Port, bool Tls = true);
