/**
 * fast-check with a seed that stands still: a property that fails does so for everybody, and again. To look further:
 * `FC_SEED=$RANDOM npm run test:hermetic`.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_127) });

export { fc };
