const { options } = require('./.dependency-cruiser.cjs');

/**
 * No rings of folders. Tests and their kits are left out, because they look into all folders; the rule counts imports
 * of a whole folder and cannot tell them from the product.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [{ name: 'no folder rings', severity: 'error', scope: 'folder', from: {}, to: { circular: true } }],
  options: {
    ...options,
    exclude: { path: '(\\.test\\.ts$|-contract\\.ts$|(^|/)(testing|simulation|acceptance)/|^dist/)' },
  },
};
