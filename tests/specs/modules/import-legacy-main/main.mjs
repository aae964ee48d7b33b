// Packages without `exports` whose `main` lacks an extension, names a folder, or is missing.
import bare from 'bare';
import folder from 'folder';
import scoped from '@scope/file';

console.log(bare, folder, scoped);
console.log(await import('bare/entry').catch(({ code }) => code), await import('nowhere').catch(({ code }) => code));
