using System.Dynamic;
using System.Linq.Expressions;
using Secrets.Conversion;
using Secrets.Merging;

namespace Secrets.Dynamic;

/// <summary>A section in plain values: a dictionary that also answers to attributes.</summary>
internal sealed class RevealedSection(IEqualityComparer<string> keys) : Dictionary<string, object?>(keys), IDynamicMetaObjectProvider
{
    /// <exception cref="SecretsSourceException">A value is unreadable, or a source could not say what else the section holds.</exception>
    public static RevealedSection Of(SectionNode node)
    {
        if (node.Blocker is { } blocker)
        {
            throw blocker.Value.Unread();
        }

        var section = new RevealedSection(node.Keys);
        foreach ((string key, SecretValue value) in node.Entries)
        {
            section.TryAdd(key, Reveal(value));
        }

        return section;
    }

    public static object Reveal(SecretValue value) => value.Kind switch
    {
        SecretKind.Section => Of(value.AsSection().Node),
        SecretKind.Array => value.AsList().Select(Reveal).ToList(),
        SecretKind.Bytes => value.RevealBytes(),
        _ => TextConverter.ToNatural(value.Kind, value.Reveal()),
    };

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new RevealedSectionMetaObject(parameter, this);
}
