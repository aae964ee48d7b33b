export const __esModule = 'own flag';
