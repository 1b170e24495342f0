/** The one function used of bcrypt-pbkdf 1.0.2, which has no types. */
declare module "bcrypt-pbkdf" {
  const bcrypt: {
    /** Fills `key`; 0 on success, -1 for arguments it cannot work with (empty passphrase or salt, no rounds). */
    pbkdf(
      passphrase: Uint8Array,
      passphraseLength: number,
      salt: Uint8Array,
      saltLength: number,
      key: Uint8Array,
      keyLength: number,
      rounds: number,
    ): number;
  };
  export = bcrypt;
}
