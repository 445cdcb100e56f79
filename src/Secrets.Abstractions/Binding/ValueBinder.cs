using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Secrets.Conversion;
using Secrets.Dynamic;
using Secrets.Merging;

namespace Secrets.Binding;

/// <summary>Turns values that were found into the types that the program wants.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal sealed class ValueBinder(BindingContext context, Binder binder)
{
    /// <summary>Binds the section itself that is read.</summary>
    public object? Whole(Type type)
    {
        if (type == typeof(object))
        {
            return RevealedSection.Of(context.Root);
        }

        if (!TrySection(type, context.Root.View, SecretPath.Root, out object? bound))
        {
            context.Problems.Wrong(new SecretsFormatException($"{context.NameOf(SecretPath.Root)} is a section and cannot be read as {TextConverter.Describe(type)}; name the path that holds it."));
        }

        return bound;
    }

    public object? Convert(Type type, SecretValue value, SecretPath path) =>
        context.Reading(type, path, () => Readable(Nullable.GetUnderlyingType(type) ?? type, value, path));

    public object?[] Elements(SequenceShape sequence, SecretValue value, SecretPath path) =>
        [.. value.AsList().Select((element, i) => Convert(sequence.Element, element, path.Append(i.ToString(CultureInfo.InvariantCulture))))];

    /// <exception cref="SecretsSourceException">A source could not say what else the section holds.</exception>
    public List<KeyValuePair<object, object?>> Entries(DictionaryShape dictionary, SecretsView section, SecretPath path)
    {
        ThrowIfUnlisted(section.Node, typeof(Dictionary<,>));
        if (section.Node.Blocker is { } blocker)
        {
            throw blocker.Value.Unread();
        }

        var entries = new List<KeyValuePair<object, object?>>();
        var keys = new HashSet<object>();
        foreach ((string text, SecretValue value) in section)
        {
            object? key = dictionary.Key == typeof(string) ? text : Text(dictionary.Key, SecretKind.String, text);
            if (key is null || !keys.Add(key))
            {
                context.Problems.Wrong(NotAKey(path.Append(text), value.Origin, key is null ? dictionary.Key : null));
            }
            else
            {
                entries.Add(KeyValuePair.Create(key, Convert(dictionary.Value, value, path.Append(text))));
            }
        }

        return entries;
    }

    /// <summary>Reports a value that has another shape than the type wants.</summary>
    public object? Wrong(SecretValue value, Type type)
    {
        if (value.Kind == SecretKind.Unreadable)
        {
            throw value.Unread();
        }

        if (value.Node is { } section && SequenceShape.Of(type) is not null)
        {
            ThrowIfUnlisted(section, type);
        }

        context.Problems.Wrong(value.NotA(type));
        return null;
    }

    /// <summary>Refuses to read a section as a whole when its keys cannot be listed.</summary>
    private static void ThrowIfUnlisted(SectionNode section, Type type)
    {
        if (section.IsFromLookups)
        {
            throw new SecretsSourceException(
                SecretsErrorCode.InvalidConfiguration,
                $"{section.Path} has no values but environment variables. They are read by name and are not listed, so {TextConverter.Describe(type)} cannot be "
                + $"filled from them: load them with AddEnvironment(prefix).");
        }
    }

    private static object? Text(Type type, SecretKind kind, string text) =>
        SimpleTypes.Contains(type) ? SimpleTypes.Parse(type, kind, text)
        : ParsedTypes.Contains(type) ? ParsedTypes.Parse(type, kind, text)
        : null;

    private object? Readable(Type type, SecretValue value, SecretPath path)
    {
        if (value.Kind == SecretKind.Unreadable)
        {
            throw value.Unread();
        }

        if (type == typeof(SecretValue))
        {
            return value;
        }

        if (type == typeof(object))
        {
            if (value.Node is { } section)
            {
                ThrowIfUnlisted(section, type);
            }

            return RevealedSection.Reveal(value);
        }

        if (value.Below is { } below && TypeKinds.IsView(type))
        {
            return TrySection(type, below.View, path, out object? view) ? view : Wrong(value, type);
        }

        return value.Kind switch
        {
            SecretKind.Section => TrySection(type, value.AsSection(), path, out object? created) ? created : Wrong(value, type),
            SecretKind.Array => SequenceShape.Of(type) is { } sequence ? Sequence(type, sequence, value, path) : Wrong(value, type),
            SecretKind.Bytes => type == typeof(byte[]) ? value.RevealBytes() : Wrong(value, type),
            _ => Text(type, value.Kind, value.Reveal()) ?? Wrong(value, type),
        };
    }

    /// <summary>The result says whether a section can fill the type; what is wrong within it is among the problems.</summary>
    private bool TrySection(Type type, SecretsView section, SecretPath path, out object? created)
    {
        created = null;
        if (TypeKinds.IsView(type))
        {
            if (type != typeof(SecretsView))
            {
                ThrowIfUnlisted(section.Node, type);
            }

            created = section;
        }
        else if (DictionaryShape.Of(type) is { } dictionary && TypeKinds.Refusal(type) is null)
        {
            List<KeyValuePair<object, object?>> entries = Entries(dictionary, section, path);
            created = context.Running(type, path, () => dictionary.Create(entries, context.Root.Keys));
        }
        else if (TypeKinds.IsComposite(type))
        {
            created = binder.Composite(type, path);
        }
        else
        {
            return false;
        }

        return true;
    }

    private object? Sequence(Type type, SequenceShape sequence, SecretValue value, SecretPath path)
    {
        object?[] elements = Elements(sequence, value, path);
        return context.Running(type, path, () => sequence.Create(elements));
    }

    private SecretsFormatException NotAKey(SecretPath path, SecretOrigin origin, Type? type)
    {
        string problem = type is null ? "equals another key of its section" : $"cannot be read as {TextConverter.Describe(type)}";
        string place = origin.File is null ? $" ({origin})" : "";
        return new SecretsFormatException($"The key of {context.Root.Path.Append(path)}{place} {problem}.", origin.File, origin.Line, origin.Column);
    }
}
