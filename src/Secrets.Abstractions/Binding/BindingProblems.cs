using Secrets.Merging;

namespace Secrets.Binding;

/// <summary>Collects everything that is wrong in one binding and throws it as one exception: a failure's code first, then a wrong shape, then absence.</summary>
internal sealed class BindingProblems(SectionNode root)
{
    private readonly List<SecretPath> _missing = [];
    private readonly HashSet<SecretPath> _named = [];
    private readonly List<SecretsFormatException> _wrong = [];
    private readonly List<SecretsSourceException> _failed = [];

    public int Count => _missing.Count + _wrong.Count + _failed.Count;

    public bool HasNone => Count == 0;

    public void Missing(SecretPath path)
    {
        // Two members may be the same secret.
        if (_named.Add(path))
        {
            _missing.Add(path);
        }
    }

    public void Wrong(SecretsFormatException problem) => _wrong.Add(problem);

    /// <summary>Adds what cannot be read, or a member that cannot be bound.</summary>
    public void Failed(SecretsSourceException problem) => _failed.Add(problem);

    public void ThrowIfAny()
    {
        if (_failed.Count > 0)
        {
            SecretsSourceException first = _failed[0];
            throw new SecretsSourceException(first, Lines(first.Message, [.. _failed.Skip(1), .. _wrong]), first.SourceName);
        }

        if (_wrong.Count > 0)
        {
            SecretsFormatException first = _wrong[0];
            throw new SecretsFormatException(Lines(first.Problem, [.. _wrong.Skip(1)]), first.File, first.Line, first.Column);
        }

        if (_missing.Count > 0)
        {
            throw root.NotFound(_missing);
        }
    }

    private string Lines(string first, IEnumerable<Exception> others) => string.Join(
        Environment.NewLine,
        [first, .. others.Select(o => o.Message), .. _missing.Select(m => $"{root.Path.Append(m)} was not found.")]);
}
