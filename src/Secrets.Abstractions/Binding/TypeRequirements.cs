using System.Diagnostics.CodeAnalysis;
using Secrets.Loading;

namespace Secrets.Binding;

/// <summary>Says which paths a type declares: one for each leaf that its members hold.</summary>
[RequiresUnreferencedCode(Binder.TrimmingNote)]
[RequiresDynamicCode(Binder.TrimmingNote)]
internal static class TypeRequirements
{
    public static IReadOnlyList<Requirement> Of(Type type, SecretPath path)
    {
        var requirements = new List<Requirement>();
        Collect(type, path, isRequired: true, [], requirements);
        return requirements;
    }

    private static void Collect(Type type, SecretPath path, bool isRequired, HashSet<Type> within, List<Requirement> requirements)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;

        // A type that holds itself has no end of paths; its inner self is declared as one.
        if (!TypeShape.IsComposite(inner) || !within.Add(inner))
        {
            if (path.Segments.Count == 0)
            {
                throw new ArgumentException($"The type {type} is one value or a collection; name the path that holds it.", nameof(type));
            }

            requirements.Add(new Requirement(path, isRequired));
            return;
        }

        foreach (Member member in TypeShape.Of(inner).Members)
        {
            Collect(member.Type, path.Append(member.Path), isRequired && member.IsRequired, within, requirements);
        }

        within.Remove(inner);
    }
}
