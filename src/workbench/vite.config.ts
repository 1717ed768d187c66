import { defineConfig } from 'vite'
import path from 'node:path'
import react from '@vitejs/plugin-react'

/** The workbench as static files below `/workbench/`, each named after its content. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/workbench/',
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, '..', '..', 'build', 'workbench'),
    emptyOutDir: true,
    manifest: true, // a test adds up what the first page loads
    assetsInlineLimit: 0, // a strict CSP takes no data: script or style
    chunkSizeWarningLimit: 900,
  },
})
