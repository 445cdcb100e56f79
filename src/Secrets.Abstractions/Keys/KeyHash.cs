using System.Runtime.InteropServices;

namespace Secrets.Keys;

/// <summary>Hashes a key four characters at a time. Keys that are the same but for case have the same hash.</summary>
internal static class KeyHash
{
    // Sets the bit that tells ASCII's cases apart. Other characters meet too, as "_" and DEL do: that costs a comparison, not a mistake.
    private const ulong CaseBits = 0x0020_0020_0020_0020;

    private const ulong NonAscii = 0xFF80_FF80_FF80_FF80;

    // Names come from stores that others can write to: no crafted set of names shares a hash in every process.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64() | 1;

    public static int Of(ReadOnlySpan<char> key)
    {
        ulong hash = Seed ^ (uint)key.Length, all = 0;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<char, ulong>(key);
        foreach (ulong word in words)
        {
            all |= word;
            hash = Mix(hash, word | CaseBits);
        }

        ReadOnlySpan<char> rest = key[(words.Length * 4)..];
        ulong last = 0;
        foreach (char c in rest)
        {
            last = (last << 16) | c;
        }

        all |= last;
        return (all & NonAscii) == 0 ? (int)(Mix(hash, last | CaseBits) >> 32) : string.GetHashCode(key, StringComparison.OrdinalIgnoreCase);
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        ulong mixed = (hash ^ word) * 0x9E37_79B9_7F4A_7C15;
        return mixed ^ (mixed >> 29);
    }
}
