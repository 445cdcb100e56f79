using System.Dynamic;
using System.Linq.Expressions;
using Secrets.Dynamic;
using Secrets.Keys;
using Secrets.Merging;

namespace Secrets.Binding;

/// <summary>A section in plain values: a dictionary that also answers to attributes.</summary>
internal sealed class RevealedSection(IEqualityComparer<string> keys) : Dictionary<string, object?>(keys), IDynamicMetaObjectProvider
{
    public static RevealedSection Of(SectionNode node)
    {
        var section = new RevealedSection(node.Snapshot?.Keys ?? KeyEquivalence.For(KeyComparison.Equivalent));
        foreach ((string key, SecretValue value) in node.Entries)
        {
            section.Add(key, Reveal(value));
        }

        return section;
    }

    public static object Reveal(SecretValue value) => value.Kind switch
    {
        SecretKind.Section => Of(value.Node!),
        SecretKind.Array => value.AsList().Select(Reveal).ToList(),
        SecretKind.Bytes => value.RevealBytes(),
        _ => TextConverter.ToNatural(value.Kind, value.Reveal()),
    };

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new RevealedSectionMetaObject(parameter, this);
}
